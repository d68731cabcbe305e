"""The frozen rules of calls: every version, and the page on which two people change them."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.models import Approval
from accounts.statuses import ApprovalKind
from core.admin import PolicyAdmin
from core.refusals import NotAllowed, Refused
from core.templatetags.words import moment
from grants import policy
from grants.actions.rules import change_rules, open_terms, propose_rules
from grants.admin.second_persons import shown
from grants.forms.rules import RulesForm
from grants.models import Call, CallRules
from grants.queries.rules_words import proposed_words, rule_sections


@admin.register(CallRules)
class CallRulesAdmin(PolicyAdmin):
    """Append-only: what each version says, in words and as the file that its hash is of."""

    may_see = staticmethod(policy.may_see_call_drafts)
    list_display = ("of_call", "number", "frozen", "reason", "short_hash")
    list_filter = ("call",)
    list_select_related = ("call",)
    ordering = ("-made_at", "-pk")
    fields = ("of_call", "number", "frozen", "reason_kk", "reason_ru", "sha256", "file", "said")
    readonly_fields = fields

    @admin.display(description=gettext_lazy("call"), ordering="call")
    def of_call(self, rules):
        """Its title."""
        return rules.call.title

    @admin.display(description=gettext_lazy("frozen"), ordering="made_at")
    def frozen(self, rules):
        """In Almaty's time."""
        return moment(rules.made_at)

    @admin.display(description=gettext_lazy("SHA-256"))
    def short_hash(self, rules):
        """Enough to tell two apart in a list."""
        return rules.sha256[:16]

    @admin.display(description=gettext_lazy("the rules as a file, JSON"))
    def file(self, rules):
        """Public: its SHA-256 is the one above."""
        url = reverse("grants:call_rules_json", args=[rules.call.public_id, rules.number])
        return format_html('<a href="{}">{}</a>', url, url)

    @admin.display(description=gettext_lazy("in words"))
    def said(self, rules):
        """Everything, line by line."""
        return render_to_string("grants/_rules.html", {"sections": rule_sections(rules.content)})

    def get_urls(self):
        """The pages of our own."""
        inside = self.admin_site.admin_view
        return [
            path("change/<str:public_id>/", inside(self.propose), name="grants_rules_propose"),
            path("confirm/<str:public_id>/", inside(require_POST(self.confirm)), name="grants_rules_confirm"),
            *super().get_urls(),
        ]

    def _call(self, request, public_id):
        if not policy.may_change_rules(request.user):
            raise NotAllowed(_("Only an officer or an administrator changes the rules of a call."), code="not_allowed")
        calls = Call.objects.visible_to(request.user).public().select_related("programme_year__programme")
        return get_object_or_404(calls, public_id=public_id)

    def propose(self, request, public_id):
        """What may still change, with its public reason; what waits for a second person."""
        call = self._call(request, public_id)
        terms = open_terms(call)
        form = RulesForm(request.POST if request.method == "POST" else None, call=call, terms=terms)
        if request.method == "POST" and form.is_valid() and self._propose(request, call, form):
            return HttpResponseRedirect(reverse("admin:grants_rules_propose", args=[public_id]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("Change the rules"),
            "call": call,
            "form": form if terms else None,
            "waiting": self._waiting(request, call),
        }
        return render(request, "admin/grants/rules/change.html", context)

    def _propose(self, request, call, form):
        """A refusal stays above the form with everything that was typed."""
        reasons = {name: form.cleaned_data[name] for name in ("reason_kk", "reason_ru")}
        try:
            propose_rules(call, changes=form.changes(), **reasons, by=request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, [str(refusal.sentence), *refusal.items])
            return False
        messages.success(request, _("Proposed. Another officer or administrator confirms it."))
        return True

    def _waiting(self, request, call):
        waiting = (
            Approval.objects.waiting().about(call, ApprovalKind.CHANGE_RULES).select_related("proposed_by").first()
        )
        urls = (
            reverse("admin:grants_rules_confirm", args=[call.public_id]),
            reverse("admin:grants_call_turn_down", args=[call.pk, ApprovalKind.CHANGE_RULES]),
        )
        made = shown(waiting, request.user, may_confirm=True, urls=urls, words=_("Change the rules"))
        if made:
            made["facts"] = [*proposed_words(waiting.payload["changes"]), *made["facts"]]
        return made

    def confirm(self, request, public_id):
        """The second of two."""
        call = self._call(request, public_id)
        rules = change_rules(call, by=request.user)
        messages.success(
            request, _("The rules are changed. Their version %(number)s is public.") % {"number": rules.number}
        )
        return HttpResponseRedirect(reverse("admin:grants_rules_propose", args=[public_id]))
