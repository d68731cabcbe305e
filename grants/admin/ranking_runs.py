"""Frozen rankings, read and replayed; what-ifs, saved and compared."""

from django.contrib import admin, messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from core.admin import PolicyAdmin, badge
from core.canonical import canonical_json
from core.refusals import NotAllowed, Refused
from core.templatetags.words import moment
from grants import policy
from grants.actions.rankings import freeze_ranking, remove_what_if, save_what_if
from grants.admin.ranking import call_of, refuse_while_owing
from grants.forms.ranking import WhatIfForm
from grants.formulas.ranking_run import Terms
from grants.models import Application, Conflict, RankingRun, WhatIf
from grants.queries.ranking import rank_call
from grants.queries.what_if import compared, replay


@admin.register(RankingRun)
class RankingRunAdmin(PolicyAdmin):
    """Append-only: a list of what was frozen, each replayed as it is opened."""

    may_see = staticmethod(policy.may_see_ranking)
    list_display = ("of_call", "number", "frozen", "by_whom", "short_hash")
    list_filter = ("call",)
    list_select_related = ("call", "made_by")
    fields = ("of_call", "number", "frozen", "by_whom", "rules_hash", "inputs_sha256", "sha256", "replayed", "shown")
    readonly_fields = fields

    def get_queryset(self, request):
        """Without the JSON in the list; nothing of a call whose reviews the reader still owes is opened."""
        return RankingRun.objects.visible_to(request.user).defer("inputs", "content")

    def get_object(self, request, object_id, from_field=None):
        """The ranking of a call opens for an expert of it when their own reviews are in."""
        run = super().get_object(request, object_id, from_field)
        if run is not None:
            refuse_while_owing(request.user, run.call)
            run.closed = closed_numbers(request.user, run)
        return run

    @admin.display(description=gettext_lazy("call"), ordering="call")
    def of_call(self, run):
        """Its title."""
        return run.call.title

    @admin.display(description=gettext_lazy("frozen"), ordering="made_at")
    def frozen(self, run):
        """In Almaty's time."""
        return moment(run.made_at)

    @admin.display(description=gettext_lazy("frozen by"))
    def by_whom(self, run):
        """The person."""
        return str(run.made_by)

    @admin.display(description=gettext_lazy("SHA-256"))
    def short_hash(self, run):
        """Enough to tell two apart in a list."""
        return run.sha256[:16]

    @admin.display(description=gettext_lazy("frozen rules"))
    def rules_hash(self, run):
        """Which version, and its hash."""
        return f"{run.rules.number} · {run.rules.sha256}"

    @admin.display(description=gettext_lazy("made again from its inputs"))
    def replayed(self, run):
        """Whether every hash is what it was."""
        if replay(run).holds:
            return badge(_("The same, to the byte"), "good")
        return badge(_("Not the same: tell the administrator"), "bad")

    @admin.display(description=gettext_lazy("ranking"))
    def shown(self, run):
        """As it was frozen, and the two files."""
        rows = [row for row in run.content["rows"] if row["number"] not in run.closed]
        closed = sorted(row["number"] for row in run.content["rows"] if row["number"] in run.closed)
        return render_to_string("admin/grants/ranking/_run.html", {"run": run, "rows": rows, "closed": closed})

    def get_urls(self):
        """The pages of our own."""
        inside = self.admin_site.admin_view
        return [
            path("freeze/<str:public_id>/", inside(require_POST(self.freeze)), name="grants_ranking_freeze"),
            path("what-if/<str:public_id>/", inside(self.what_if), name="grants_ranking_what_if"),
            path(
                "what-if/<str:public_id>/remove/",
                inside(require_POST(self.remove_what_if)),
                name="grants_ranking_what_if_remove",
            ),
            path("<str:public_id>/<str:part>.json", inside(require_safe(self.file)), name="grants_ranking_file"),
            *super().get_urls(),
        ]

    def freeze(self, request, public_id):
        """Keeps the ranking as it stands."""
        call = call_of(request, public_id)
        run = freeze_ranking(call, by=request.user)
        messages.success(request, _("The ranking is frozen. SHA-256: %(hash)s") % {"hash": run.sha256})
        return HttpResponseRedirect(reverse("admin:grants_ranking", args=[public_id]))

    def what_if(self, request, public_id):
        """Everything that was asked «what if» about, side by side, and the form for one more."""
        call = call_of(request, public_id)
        ranking = rank_call(call, with_severity=True)
        typed = request.POST if request.method == "POST" else None
        form = WhatIfForm(typed, call=call, terms=Terms.of(ranking.inputs))
        if request.method == "POST" and form.is_valid() and self._save(request, call, form):
            return HttpResponseRedirect(reverse("admin:grants_ranking_what_if", args=[public_id]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("What if"),
            "call": call,
            "compared": compared(ranking),
            "names": {sector.code: sector.name for sector in call.sectors.all()},
            "form": form,
            "may_save": policy.may_freeze_ranking(request.user),
        }
        return render(request, "admin/grants/ranking/what_if.html", context)

    def _save(self, request, call, form):
        """A refusal stays above the form with everything that was typed."""
        try:
            save_what_if(call, **form.typed(), by=request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
            return False
        messages.success(request, _("Saved. It stands beside the others."))
        return True

    def remove_what_if(self, request, public_id):
        """Takes one away."""
        what_if = get_object_or_404(WhatIf.objects.select_related("call"), public_id=public_id)
        call = call_of(request, what_if.call.public_id)
        remove_what_if(what_if, by=request.user)
        messages.success(request, _("The what-if is removed."))
        return HttpResponseRedirect(reverse("admin:grants_ranking_what_if", args=[call.public_id]))

    def file(self, request, public_id, part):
        """The inputs or the ranking as canonical JSON: its SHA-256 is the one that is named."""
        run = get_object_or_404(RankingRun.objects.visible_to(request.user).select_related("call"), public_id=public_id)
        refuse_while_owing(request.user, run.call)
        refuse_closed(request.user, run)
        content = canonical_json(run.inputs if part == "inputs" else run.content)
        name = f"ranking-{run.call.public_id}-{run.number}-{'inputs' if part == 'inputs' else 'content'}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type="application/json", headers=headers)


def closed_numbers(user, run):
    """Numbers of this ranking's applications that a conflict of interest closes to the person."""
    shut = Application.objects.filter(call=run.call_id, pk__in=Conflict.objects.closing_to(user))
    return set(shut.values_list("number", flat=True))


def refuse_closed(user, run):
    """A file is whole or it proves nothing: who may not read all of it does not get it."""
    if closed_numbers(user, run) & {row["number"] for row in run.content["rows"]}:
        raise NotAllowed(
            _("A conflict of interest closes an application of this ranking to you, so the whole file stays closed."),
            code="conflict",
        )
