"""Files of lists: ask for one from the list as it is filtered, see how far it is, take it."""

import logging

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from core.admin import PolicyAdmin, badge
from core.form_page import form_page
from core.templatetags.words import moment
from documents.serve import serve
from grants import policy
from grants.actions.exports import ask_export, take_export
from grants.admin.ranking import call_of, open_rows
from grants.forms.audit import ExceptionsForm
from grants.forms.exports import ExportForm
from grants.models import Application, Assignment, Award, Conflict, Export
from grants.queries.exceptions import register
from grants.queries.ranking import rank_call
from grants.statuses import ExportKind
from grants.tasks import make_export

LISTS = {
    ExportKind.APPLICATIONS: Application,
    ExportKind.DOSSIERS: Application,
    ExportKind.CONFLICTS: Conflict,
    ExportKind.ASSIGNMENTS: Assignment,
}
logger = logging.getLogger(__name__)


@admin.register(Export)
class ExportAdmin(PolicyAdmin):
    """One's own files and nobody else's."""

    may_see = staticmethod(policy.may_export_something)
    list_display = ("shown", "file_format", "asked", "total", "state")

    def get_queryset(self, request):
        """Own ones."""
        return Export.objects.visible_to(request.user).select_related("document", "call")

    def get_urls(self):
        """Asking and taking."""
        inside = self.admin_site.admin_view
        return [
            path("ask/ranking/<slug:public_id>/", inside(self.ask_ranking), name="grants_export_ask_ranking"),
            path("ask/money/<int:year>/", inside(self.ask_money), name="grants_export_ask_money"),
            path("ask/<slug:kind>/", inside(self.ask), name="grants_export_ask"),
            path("<int:pk>/file/", inside(self.file), name="grants_export_file"),
            *super().get_urls(),
        ]

    def ask(self, request, kind):
        """The rows of a list with the filters of its address."""
        if kind == ExportKind.REGISTER and policy.may_export(request.user, kind):
            return self._ask_register(request)
        if kind not in LISTS or not policy.may_export(request.user, kind):
            raise Http404
        model_admin = self.admin_site.get_model_admin(LISTS[ExportKind(kind)])
        try:
            rows = model_admin.get_changelist_instance(request).queryset.values_list("pk", flat=True)
        except IncorrectLookupParameters as error:
            raise Http404 from error
        back = reverse(f"admin:grants_{model_admin.opts.model_name}_changelist")
        return self._ask(request, kind, list(dict.fromkeys(rows)), f"{back}?{request.GET.urlencode()}")

    def _ask_register(self, request):
        asked = ExceptionsForm(request.GET)
        filters = asked.cleaned_data if asked.is_valid() else {"kind": "", "call": None}
        rows = [f"{kind}:{pk}" for kind, pk, _at in register(request.user, kind=filters["kind"], call=filters["call"])]
        return self._ask(request, ExportKind.REGISTER, rows, reverse("admin:grants_award_exceptions"))

    def ask_ranking(self, request, public_id):
        """The ranking of a call, in its order."""
        call = call_of(request, public_id)
        rows = [row.application.pk for row in open_rows(rank_call(call), request.user)[0]]
        return self._ask(request, ExportKind.RANKING, rows, reverse("admin:grants_ranking", args=[public_id]), call)

    def ask_money(self, request, year):
        """The awards of a programme year with their money."""
        if not policy.may_export(request.user, ExportKind.MONEY):
            raise Http404
        rows = Award.objects.filter(decision__programme_year=year).order_by("application__number")
        back = reverse("admin:grants_ledgerentry_totals")
        return self._ask(request, ExportKind.MONEY, list(rows.values_list("pk", flat=True)), back)

    def _ask(self, request, kind, rows, back, call=None):
        done = _("The file is being made. This page shows how far it is.")
        to = reverse("admin:grants_export_change", args=[0]).replace("/0/", "/{result.pk}/")
        shown = form_page(
            request, self, ExportForm(request.POST or None),
            title=_("A file of this list"), button=_("Make the file"), back=to, done=done,
            facts=[
                (_("list"), ExportKind(kind).label),
                (_("rows"), len(rows)),
                (_("personal data"), _("An IIN stands in the file only where you may read it.")),
            ],
            act=lambda typed: self._asked(request, kind, rows, typed["file_format"], call),
        )  # fmt: skip
        return shown

    def _asked(self, request, kind, rows, file_format, call):
        export = ask_export(kind, rows=rows, file_format=file_format, call=call, by=request.user)
        transaction.on_commit(lambda: wake(export.pk), robust=True)
        return export

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """How far it is; the file, once it is there."""
        export = self._own(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": export.get_kind_display(),
            "export": export,
            "state": state_badge(export),
            "is_gone": bool(export.document and export.document.erased_at),
        }
        return render(request, "admin/grants/export/progress.html", context)

    def _own(self, request, pk):
        if not policy.may_export_something(request.user):
            raise Http404
        return get_object_or_404(self.get_queryset(request), pk=pk if str(pk).isdigit() else None)

    def file(self, request, pk):
        """The file, to who asked and may still see what stands in it."""
        export = self._own(request, pk)
        if export.document is None or export.document.erased_at:
            raise Http404
        take_export(export, by=request.user)
        return never_cache(lambda request: serve(export.document, as_attachment=True))(request)

    @admin.display(description=gettext_lazy("list"), ordering="kind")
    def shown(self, export):
        """The list, and of which call."""
        return f"{export.get_kind_display()}: {export.call}" if export.call else export.get_kind_display()

    @admin.display(description=gettext_lazy("asked"), ordering="asked_at")
    def asked(self, export):
        """In Almaty's time."""
        return moment(export.asked_at)

    @admin.display(description=gettext_lazy("state"))
    def state(self, export):
        """A word and a shape."""
        return state_badge(export)


def state_badge(export):
    """Waiting, under way, ready, gone, given up."""
    if export.failed_at:
        return badge(_("Could not be made"), "bad", "cross")
    if export.document:
        gone = export.document.erased_at
        return badge(_("Erased, its days are over"), "neutral", "dash") if gone else badge(_("Ready"), "good", "check")
    return (
        badge(_("Being made"), "info", "half") if export.touched_at else badge(_("Waits for a worker"), "wait", "clock")
    )


def wake(export_id):
    """Without a broker the sweep makes it within a minute."""
    try:
        make_export.apply_async([export_id], retry=False)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("no broker to wake: %s; the export waits for the sweep", error)
