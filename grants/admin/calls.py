"""Calls: prepared as a form, published by a button, frozen afterwards."""

from django.contrib import admin, messages
from django.db.models import Sum
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core.admin import PolicyAdmin, PolicyInline, badge
from core.refusals import Refused
from core.templatetags.words import long_date, money
from core.text import LANGUAGES
from grants import policy
from grants.actions.call_defaults import fill_with_usual
from grants.actions.calls import archive_call, propose_publishing, publish_call
from grants.actions.cancelling import CANCELLABLE, cancel_call, propose_cancelling
from grants.actions.fixes import publish_fix
from grants.actions.proposals import turn_down_proposal
from grants.admin import second_persons
from grants.admin.call_terms import (
    CategoryInline,
    FloorInline,
    IndicatorInline,
    SchemeInline,
    TierInline,
    judging_rows,
)
from grants.admin.cloning import clone_page
from grants.forms.call_admin import CallForm, CancelForm, CriterionForm, FixForm
from grants.models import Call, Criterion, DocumentRequirement, EligibilityStatement
from grants.statuses import CALL_MARKS, CallStatus
from grants.workflow import CALL

REQUIREMENT_TERMS = ("stage", "from_tier", "valid_days")


class CriterionInline(PolicyInline):
    """Criteria with their weights and what each score means."""

    model = Criterion
    form = CriterionForm
    template = "admin/edit_inline/stacked.html"
    may_see = staticmethod(policy.may_see_call_drafts)
    may_change = staticmethod(policy.may_edit_calls)

    fieldsets = (
        (None, {"fields": (("position", "key", "weight"),), "classes": ("three",)}),
        (None, {"fields": (("title_kk", "title_ru", "title_en"),), "classes": ("three",)}),
    )

    def get_fieldsets(self, request, obj=None):
        """Six lines in each language to type in a draft; to read once the call is published."""
        names = "levels_{}" if obj and obj.status == CallStatus.DRAFT else "{}_levels"
        fields = tuple(names.format(language) for language in LANGUAGES)
        return (*self.fieldsets, (None, {"fields": (fields,), "classes": ("three",)}))

    def get_readonly_fields(self, request, obj=None):
        """The frozen texts."""
        is_draft = obj and obj.status == CallStatus.DRAFT
        return () if is_draft else tuple(f"{language}_levels" for language in LANGUAGES)

    @admin.display(description=gettext_lazy("Scores 0 to 5 in Kazakh"))
    def kk_levels(self, criterion):
        """In Kazakh."""
        return _levels(criterion, "kk")

    @admin.display(description=gettext_lazy("Scores 0 to 5 in Russian"))
    def ru_levels(self, criterion):
        """In Russian."""
        return _levels(criterion, "ru")

    @admin.display(description=gettext_lazy("Scores 0 to 5 in English"))
    def en_levels(self, criterion):
        """In English."""
        return _levels(criterion, "en")


def _levels(criterion, language):
    """«0 …» to «5 …», each on a line of its own."""
    rows = [(score, texts.get(language, "")) for score, texts in sorted(criterion.levels.items())]
    lines = ((score, language, text) for score, text in rows)
    return format_html_join(mark_safe("<br>"), '<b>{}</b> <span lang="{}">{}</span>', lines)


class RequirementInline(PolicyInline):
    """Documents that the call asks for."""

    model = DocumentRequirement
    template = "admin/edit_inline/stacked.html"
    may_see = staticmethod(policy.may_see_call_drafts)
    may_change = staticmethod(policy.may_edit_calls)

    fieldsets = (
        (None, {"fields": (("position", "key", "is_required"), REQUIREMENT_TERMS), "classes": ("three",)}),
        (None, {"fields": (("title_kk", "title_ru", "title_en"),), "classes": ("three",)}),
    )


class StatementInline(PolicyInline):
    """Plain statements that tell before the form whether one may apply; what to do otherwise."""

    model = EligibilityStatement
    template = "admin/edit_inline/stacked.html"
    may_see = staticmethod(policy.may_see_call_drafts)
    may_change = staticmethod(policy.may_edit_calls)
    max_num = 10

    fieldsets = (
        (None, {"fields": (("position", "key"),), "classes": ("three",)}),
        (None, {"fields": (("text_kk", "text_ru", "text_en"),), "classes": ("three",)}),
        (None, {"fields": (("otherwise_kk", "otherwise_ru", "otherwise_en"),), "classes": ("three",)}),
    )


@admin.register(Call)
class CallAdmin(PolicyAdmin):
    """A draft is edited; what is published is read. Publishing, cancelling and archiving are actions, never fields."""

    may_see = staticmethod(policy.may_see_call_drafts)
    may_add = staticmethod(policy.may_edit_calls)
    may_change = staticmethod(policy.may_edit_calls)
    form = CallForm
    inlines = (
        CriterionInline,
        RequirementInline,
        TierInline,
        CategoryInline,
        FloorInline,
        StatementInline,
        SchemeInline,
        IndicatorInline,
    )
    list_display = ("title", "programme_year", "status_shown", "opens", "closes", "limits")
    list_filter = ("status", "programme_year")
    list_select_related = ("programme_year__programme",)
    search_fields = ("title_kk", "title_ru", "title_en")
    change_form_template = "admin/grants/call/change_form.html"
    readonly_fields = ("limits", "supplier_bound")

    def get_fieldsets(self, request, obj=None):
        """Amounts as inputs in a draft, as people write them once the call is published."""
        is_draft = obj is None or obj.status == CallStatus.DRAFT
        terms = ("review_working_days", "correction_working_days")
        amounts = ("min_amount", "max_amount", "currency") if is_draft else ("limits",)
        return [
            _rows(None, ("programme_year", "questionnaire"), "is_example"),
            _rows(_("Title"), ("title_kk", "title_ru", "title_en")),
            _rows(_("In short"), ("summary_kk", "summary_ru", "summary_en")),
            _rows(_("Rules"), ("rules_kk", "rules_ru", "rules_en")),
            _rows(_("When"), ("opens_at", "closes_at"), "grace_minutes"),
            _rows(
                _("Who and how much"), "sectors", ("allows_foreign", "allows_minors"), (*amounts, "own_share_percent")
            ),
            _rows(
                _("Budget and plan"),
                ("asks_budget", "vat_percent", *(("supplier_over",) if is_draft else ("supplier_bound",))),
                ("asks_milestones", "milestones_min", "milestones_max"),
            ),
            *judging_rows(terms),
        ]

    def has_change_permission(self, request, obj=None):
        """Only a draft is edited: what applicants have read stays as it is."""
        is_draft = obj is None or obj.status == CallStatus.DRAFT
        return is_draft and super().has_change_permission(request, obj)

    def get_inline_instances(self, request, obj=None):
        """Criteria and documents come after the call exists (or by the button «fill with the usual»)."""
        return super().get_inline_instances(request, obj) if obj else []

    def get_urls(self):
        """The buttons."""
        made = [
            path(f"<int:pk>/{verb}/", self.admin_site.admin_view(require_POST(view)), name=f"grants_call_{verb}")
            for verb, view in (
                ("propose_publishing", self.propose_publishing),
                ("publish", self.publish),
                ("propose_cancelling", self.propose_cancelling),
                ("cancel", self.cancel),
                ("archive", self.archive),
                ("fill", self.fill),
                ("fix", self.fix),
            )
        ]
        turn_down = self.admin_site.admin_view(require_POST(self.turn_down))
        made.append(path("<int:pk>/turn-down/<str:kind>/", turn_down, name="grants_call_turn_down"))
        made.append(path("<int:pk>/clone/", self.admin_site.admin_view(self.clone), name="grants_call_clone"))
        return made + super().get_urls()

    def clone(self, request, pk):
        """The same call for a new year."""
        return clone_page(request, self, pk)

    def propose_publishing(self, request, pk):
        """The first of two."""
        done = _("Proposed. Another officer or administrator publishes it.")
        return self._act(request, pk, propose_publishing, done)

    def turn_down(self, request, pk, kind):
        """Stops what was proposed."""
        return self._act(request, pk, turn_down_proposal, _("The proposal is turned down."), kind=kind)

    def publish(self, request, pk):
        """The second of two: freezes the rules and opens the page."""
        return self._act(request, pk, publish_call, _("The call is published. Its rules are frozen."))

    def archive(self, request, pk):
        """Puts a decided call among past ones."""
        return self._act(request, pk, archive_call, _("The call stands among past ones now."))

    def fill(self, request, pk):
        """The usual criteria and documents."""
        return self._act(request, pk, fill_with_usual, _("The usual criteria and documents are added."))

    def propose_cancelling(self, request, pk):
        """The first of two, with the public reason."""
        form = CancelForm(request.POST)
        form.is_valid()
        reasons = {name: form.cleaned_data.get(name, "") for name in ("reason_kk", "reason_ru")}
        done = _("Proposed. Another administrator cancels it.")
        return self._act(request, pk, propose_cancelling, done, **reasons)

    def cancel(self, request, pk):
        """The second of two."""
        done = _("The call is cancelled. Its page says why, and everybody who takes part got a letter.")
        return self._act(request, pk, cancel_call, done)

    def fix(self, request, pk):
        """Publishes mended questions of an open call, with the public reason."""
        form = FixForm(request.POST)
        form.is_valid()
        reasons = {name: form.cleaned_data.get(name, "") for name in ("reason_kk", "reason_ru")}
        done = _("The questions are published anew. Open drafts have moved to them; what changed is marked there.")
        return self._act(request, pk, publish_fix, done, **reasons)

    def _act(self, request, pk, action, done, **details):
        """Calls one action; a refusal is said on the page of the call, with everything that has to be mended."""
        call = get_object_or_404(self.get_queryset(request), pk=pk)
        try:
            action(call, by=request.user, **details)
        except Refused as refusal:
            for sentence in (refusal.sentence, *refusal.items):
                messages.error(request, str(sentence))
        else:
            messages.success(request, done)
        return HttpResponseRedirect(reverse("admin:grants_call_change", args=[pk]))

    def get_queryset(self, request):
        """What the person may see."""
        return Call.objects.visible_to(request.user)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The state of the call and its buttons above the form."""
        if obj is not None:
            context |= self._state(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _state(self, request, call):
        tone, shape = CALL_MARKS[CallStatus(call.status)]
        return {
            "state": {"label": state_words(call), "tone": tone, "shape": shape},
            "verbs": set(CALL.open_to(request.user, call)),
            "may_clone": policy.may_edit_calls(request.user),
            "may_fill": policy.may_edit_calls(request.user) and call.status == CallStatus.DRAFT,
            "weights": call.criteria.aggregate(sum=Sum("weight"))["sum"] or 0,
            "frozen": call.rules_versions.order_by("-number").first(),
            "cancel_form": CancelForm(),
            "waiting": (waiting := second_persons.of_call(call, request.user)),
            "proposed": {one["approval"].kind for one in waiting},
            "may_propose_cancelling": policy.may_propose_cancelling(request.user) and call.status in CANCELLABLE,
            "may_fix": policy.may_edit_calls(request.user) and call.status == CallStatus.PUBLISHED,
            "fix_form": FixForm(),
        }

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def status_shown(self, call):
        """A word and a shape; open and closed by the server's clock."""
        return badge(state_words(call), *CALL_MARKS[CallStatus(call.status)])

    @admin.display(description=gettext_lazy("opens"), ordering="opens_at")
    def opens(self, call):
        """The day of opening."""
        return long_date(call.opens_at)

    @admin.display(description=gettext_lazy("closes"), ordering="closes_at")
    def closes(self, call):
        """The day of closing."""
        return long_date(call.closes_at)

    @admin.display(description=gettext_lazy("the supplier's BIN is asked for lines over"))
    def supplier_bound(self, call):
        """As people write it."""
        return money(call.supplier_over, call.currency)

    @admin.display(description=gettext_lazy("amounts"))
    def limits(self, call):
        """From and to."""
        return f"{money(call.min_amount, call.currency)} – {money(call.max_amount, call.currency)}"


def _rows(title, *rows):
    """A part of the form; fields of one row stand side by side."""
    return title, {"fields": rows, "classes": ("three",)}


def state_words(call):
    """The status; for a published call what the clock says."""
    if call.status != CallStatus.PUBLISHED:
        return call.get_status_display()
    if call.is_upcoming:
        return _("Published, not yet open")
    return _("Open for applications") if call.is_open else _("Closed, being decided")
