"""The ranking of a call with its funding line: what the commission looks at before it decides."""

from decimal import Decimal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.charts import interval, progress_chart
from core.refusals import NotAllowed
from core.templatetags.words import money, number
from grants import policy
from grants.formulas.severity import COVERAGE, HIGHEST
from grants.models import Assignment, Call, Conflict
from grants.queries import decisions as queries
from grants.queries import what_if
from grants.queries.ranking import rank_call
from grants.statuses import CallStatus


def call_of(request, public_id):
    """The published call, for those who may read scores of others."""
    if not policy.may_see_ranking(request.user):
        raise NotAllowed(_("Only the commission, its secretary, officers and auditors see the ranking."))
    calls = Call.objects.visible_to(request.user).public().select_related("programme_year__programme")
    call = get_object_or_404(calls, public_id=public_id)
    refuse_while_owing(request.user, call)
    return call


def refuse_while_owing(user, call):
    """Who is asked as an expert sees the scores of others once their own reviews of the call are in."""
    if Assignment.objects.visible_to(user).to_do().filter(application__call=call).exists():
        raise NotAllowed(
            _("You are asked as an expert here: the ranking opens when your own reviews are in."), code="owes_review"
        )


def context_of(request, call):
    """Rows, where the lines go, big numbers, how sure it is, and what this person may do."""
    ranking = rank_call(call, with_severity=True)
    summary, year = queries.ranking_summary(ranking), call.programme_year
    rows, closed = open_rows(ranking, request.user)
    is_published = call.status in (CallStatus.PUBLISHED, CallStatus.DECIDED)  # decided: what came back is staged anew
    wide = {row.application.pk for row in rows if queries.has_wide_spread(row, call.extra_review_over)}
    return {
        "call": call,
        "rows": rows,
        "closed": closed,
        "lines": lines(ranking, rows),
        "wide": wide,
        "summary": summary,
        "tiles": tiles(summary, year),
        "charts": charts(summary, year, ranking.rows) if rows else [],
        "intervals": intervals(ranking),
        "marginal": [row for row in what_if.marginal(ranking) if row in rows],
        "sureness": sureness(ranking),
        "ranking": ranking,
        "last_run": what_if.last_run(call),
        "may_freeze": policy.may_freeze_ranking(request.user),
        # A call that has a commission is decided by the votes of its meetings alone.
        "may_stage": is_published and call.commission_id is None and policy.may_stage_decisions(request.user),
        "has_commission": call.commission_id is not None,
        "may_release": is_published and policy.may_release_decisions(request.user, call),
    }


def open_rows(ranking, reader):
    """The rows that the person may read; numbers of those that a conflict of interest closes to them."""
    shut = set(Conflict.objects.closing_to(reader).values_list("application", flat=True))
    rows = [row for row in ranking.rows if row.application.pk not in shut]
    return rows, sorted(row.application.number for row in ranking.rows if row.application.pk in shut)


def lines(ranking, rows):
    """Where lines are drawn: after which row the money ends, after which the pass mark; row's key -> sentences."""
    found = {}
    above = [row for row in rows if row.is_above_line]
    passed = [row for row in rows if row.has_passed]
    if above:
        currency = ranking.call.programme_year.currency
        sentence = _("Funding line: %(asked)s of %(money)s") % {
            "asked": money(sum((row.award for row in ranking.rows), Decimal(0)), currency),
            "money": money(ranking.money, currency),
        }
        found[above[-1].application.pk] = {"funding": sentence}
    if passed and len(passed) < len(rows):
        sentence = _("Pass mark: %(mark)s") % {"mark": ranking.call.pass_mark}
        found.setdefault(passed[-1].application.pk, {})["mark"] = sentence
    return found


def intervals(ranking):
    """Row's key -> where its adjusted score, its interval, the raw mean and the line stand on the scale of 0 to 100."""
    floors = ranking.inputs["terms"]["floors"]
    found = {}
    for row in ranking.rows:
        placed, sector = row.placed, row.application.sector
        if placed.adjusted is None:
            continue
        lane = sector.code if sector and sector.code in floors else ""
        line = ranking.ranking.lines.get(lane)
        found[row.application.pk] = interval(
            placed.low,
            placed.high,
            placed.adjusted,
            mark=row.mean,
            line=None if line is None else Decimal(line),
            whole=Decimal(HIGHEST),
        )
    return found


def sureness(ranking):
    """How the adjusted score is made, in words, or why there is none."""
    fit, call = ranking.ranking.severity, ranking.call
    if fit is None:
        text = _("Severity is taken off once the call has %(count)s reviews. Until then the raw mean stands alone.")
        return {"is_adjusted": False, "text": text % {"count": call.adjusted_from}}
    line = ranking.ranking.lines.get("")
    return {
        "is_adjusted": True,
        "percent": round(COVERAGE * 100),
        "experts": number(len(fit.experts)),
        "between_experts": number(Decimal(fit.between_experts**0.5).quantize(Decimal("0.1"))),
        "error": number(Decimal(fit.noise**0.5).quantize(Decimal("0.1"))),
        "line": None if line is None else number(Decimal(line).quantize(Decimal("0.1"))),
        "ranks": call.get_ranks_by_display(),
    }


def charts(summary, year, rows):
    """Money against the budget and projects against the target, side by side: now, and with what the line would add."""
    new = [row for row in rows if row.is_above_line and queries.is_undecided(row)]
    money_then = year.committed + sum((row.award for row in new), Decimal(0))
    projects_then = summary.projects + len(new)

    def worded(value):
        return money(Decimal(value), year.currency)

    def line(value):
        return (_("With the line"), value) if new else None

    return [
        progress_chart(
            (_("Awarded and staged"), year.committed),
            (_("Budget of the year"), year.budget),
            expected=line(money_then),
            title=_("Money of the year"),
            description=_("Awarded and staged money against the budget of the year, and with what the line would add."),
            text=worded,
        ),
        progress_chart(
            (_("Projects"), summary.projects),
            (_("More than"), year.target_projects),
            expected=line(projects_then),
            title=_("Projects of the year"),
            description=_("Projects against the target of the year, and with what the line would add."),
            text=number,
        ),
    ]


def tiles(summary, year):
    """The big numbers: money left, projects against the target, what is above the line, what is not decided."""
    return [
        {
            "value": money(year.remaining, year.currency),
            "label": _("Left of the year's budget"),
            "caption": _("Budget: %(budget)s. Staged awards are taken off.")
            % {"budget": money(year.budget, year.currency)},
            "tone": "good",
        },
        {
            "value": number(summary.projects),
            "label": _("Projects of the year so far"),
            "caption": projects_caption(summary, year),
            "tone": "good" if summary.projects > year.target_projects else "",
        },
        {
            "value": number(summary.above_line),
            "label": _("Above the line"),
            "caption": _("Together: %(sum)s") % {"sum": money(summary.asked_above_line, year.currency)},
            "tone": "",
        },
        {
            "value": number(summary.undecided),
            "label": _("Without a decision"),
            "caption": _("Of them without all reviews: %(count)s") % {"count": summary.lacking_reviews},
            "tone": "wait" if summary.undecided else "good",
        },
    ]


def projects_caption(summary, year):
    """The target, and how large a grant may be on average if the money left is to reach it."""
    sentence = _("Target: more than %(target)s. Staged awards are counted in.") % {"target": year.target_projects}
    lacking = year.target_projects + 1 - summary.projects
    if lacking <= 0 or year.remaining <= 0:
        return sentence
    most = (year.remaining / lacking).quantize(Decimal(1))
    return f"{sentence} " + _("To reach it with what is left, a grant is %(most)s on average at most.") % {
        "most": money(most, year.currency)
    }
