"""Rounds of outside checks: make a list, take it away, bring the answers, look at them, write them down."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from core.admin import PolicyAdmin, badge
from core.form_page import form_page
from core.refusals import NotAllowed, Refused
from core.templatetags.words import long_date, moment
from documents.serve import serve
from grants import policy
from grants.actions import external_checks as actions
from grants.forms.external_checks import ReceiveForm, SendRoundForm
from grants.models import ExternalCheckRound
from grants.queries.external_checks import preview

CHANGELIST = "admin:grants_externalcheckround_changelist"


@admin.register(ExternalCheckRound)
class ExternalCheckRoundAdmin(PolicyAdmin):
    """Read-only rows; every step is an action of its own."""

    may_see = staticmethod(policy.may_see_external_checks)
    list_display = ("shown_number", "call", "kind", "rows", "made", "made_by", "state", "written")
    list_filter = ("call",)
    list_select_related = ("call", "made_by")
    change_list_template = "admin/grants/externalcheckround/change_list.html"

    def get_queryset(self, request):
        """What the person may see."""
        rows = ExternalCheckRound.objects.visible_to(request.user)
        return rows.select_related("call", "sent", "answer", "made_by", "imported_by")

    def get_urls(self):
        """The steps."""
        steps: list[tuple[str, Any, str]] = [
            ("send/", self.send, "send"),
            ("<int:pk>/receive/", require_POST(self.receive), "receive"),
            ("<int:pk>/import/", require_POST(self.bring_in), "import"),
            ("<int:pk>/file/<str:which>/", require_GET(self.file), "file"),
        ]
        inside = self.admin_site.admin_view
        made = [path(rest, inside(view), name=f"grants_externalcheckround_{name}") for rest, view, name in steps]
        return made + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        """With the button for those who send lists."""
        may_send = policy.may_run_external_checks(request.user)
        return super().changelist_view(request, {"may_send": may_send, **(extra_context or {})})

    def send(self, request):
        """A new list."""
        if not policy.may_run_external_checks(request.user):
            raise Http404
        return form_page(
            request, self, SendRoundForm(request.POST or None),
            title=_("A list for an outside check"), button=_("Make the list"),
            back=reverse("admin:grants_externalcheckround_change", args=[0]).replace("/0/", "/{result.pk}/"),
            act=lambda typed: actions.send_round(typed["call"], kind=typed["kind"], by=request.user),
            done=_("The list is made. Download it, send it, and bring the answers here."),
        )  # fmt: skip

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The round: what went out, what came back, what would be written."""
        if not policy.may_see_external_checks(request.user):
            return super().change_view(request, object_id, form_url, extra_context)
        return self._page(request, self._row(request, object_id), ReceiveForm())

    def _row(self, request, pk):
        return get_object_or_404(self.get_queryset(request), pk=pk if str(pk).isdigit() else None)

    def _page(self, request, row, form, status=200):
        may_run = policy.may_run_external_checks(request.user)
        is_open = may_run and row.imported_at is None and row.sent.erased_at is None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Round %(number)s") % {"number": row.number},
            "row": row,
            "facts": _facts(row),
            "may_run": may_run,
            "form": form if is_open else None,
            "preview": preview(row, request.user) if is_open and row.answer else None,
        }
        return render(request, "admin/grants/externalcheckround/round.html", context, status=status)

    def receive(self, request, pk):
        """Keeps the file that came back."""
        row, form = self._row(request, pk), ReceiveForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, row, form, status=422)
        done = _("The file is here. Look at what it would write, then import it.")
        return self._act(request, row, done, lambda: actions.receive_answer(row, by=request.user, **form.cleaned_data))

    def bring_in(self, request, pk):
        """Writes every answer down."""
        row, sha256 = self._row(request, pk), request.POST.get("sha256", "")
        done = _("The answers are written into the applications.")
        return self._act(request, row, done, lambda: actions.import_answer(row, sha256=sha256, by=request.user))

    def _act(self, request, row, done, act):
        """Calls one action; a refusal is said on the page of the round."""
        try:
            act()
        except NotAllowed:
            raise
        except Refused as refusal:
            for sentence in (refusal.sentence, *refusal.items):
                messages.error(request, str(sentence))
        else:
            messages.success(request, done)
        return HttpResponseRedirect(reverse("admin:grants_externalcheckround_change", args=[row.pk]))

    def file(self, request, pk, which):
        """One of the two lists, for those who may read an IIN."""
        row = self._row(request, pk)
        document = {"sent": row.sent, "answer": row.answer}.get(which)
        if document is None or not policy.may_run_external_checks(request.user):
            raise Http404
        actions.note_taken(row, which, by=request.user)
        return serve(document, as_attachment=True)

    @admin.display(description=gettext_lazy("round"), ordering="number")
    def shown_number(self, row):
        """As it is called."""
        return str(row)

    @admin.display(description=gettext_lazy("made"), ordering="made_at")
    def made(self, row):
        """In Almaty's time."""
        return moment(row.made_at)

    @admin.display(description=gettext_lazy("state"))
    def state(self, row):
        """Where it stands."""
        return state_badge(row)


def state_badge(row):
    """Out, back, written down."""
    if row.imported_at:
        return badge(_("Imported"), "good", "check")
    return badge(_("To look at"), "info", "half") if row.answer_id else badge(_("Waits for answers"), "wait", "clock")


def _facts(row):
    """What is known about the round."""
    facts = [
        (_("state"), state_badge(row)),
        (_("call"), row.call),
        (_("check"), row.get_kind_display()),
        (_("applications in it"), row.rows),
        (_("made"), f"{moment(row.made_at)} · {row.made_by}"),
        (_("SHA-256 of the list that went out"), row.sent.sha256),
    ]
    if row.answer:
        facts += [
            (_("who answered"), f"{row.source}, {long_date(row.answered_on)}"),
            (_("SHA-256 of the list that came back"), row.answer.sha256),
        ]
    if row.imported_at:
        facts += [(_("imported"), f"{moment(row.imported_at)} · {row.imported_by}"), (_("checks written"), row.written)]
    return facts
