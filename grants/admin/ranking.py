"""The ranking of a call with its funding line: what the commission looks at before it decides."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.refusals import NotAllowed
from core.templatetags.words import money, number
from grants import policy
from grants.models import Assignment, Call
from grants.queries import decisions as queries
from grants.queries.ranking import rank_call
from grants.statuses import CallStatus


def call_of(request, public_id):
    """The call, for those who may read scores of others."""
    if not policy.may_see_ranking(request.user):
        raise NotAllowed(_("Only the commission, its secretary, officers and auditors see the ranking."))
    calls = Call.objects.visible_to(request.user).select_related("programme_year__programme")
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
    """Rows, where the lines go, big numbers, and what this person may do."""
    ranking = rank_call(call)
    summary, year = queries.ranking_summary(ranking), call.programme_year
    is_published = call.status == CallStatus.PUBLISHED
    return {
        "call": call,
        "rows": ranking.rows,
        "lines": lines(ranking),
        "wide": {row.application.pk for row in ranking.rows if queries.has_wide_spread(row)},
        "summary": summary,
        "tiles": tiles(summary, year),
        "may_stage": is_published and policy.may_stage_decisions(request.user),
        "may_release": is_published and policy.may_release_decisions(request.user, call),
    }


def lines(ranking):
    """Where lines are drawn: after which row the money ends, after which the pass mark; row's key -> sentences."""
    found = {}
    above = [row for row in ranking.rows if row.is_above_line]
    passed = [row for row in ranking.rows if row.mean is not None and row.mean >= ranking.call.pass_mark]
    if above:
        currency = ranking.call.programme_year.currency
        sentence = _("Funding line: %(asked)s of %(money)s") % {
            "asked": money(above[-1].cumulative, currency),
            "money": money(ranking.money, currency),
        }
        found[above[-1].application.pk] = {"funding": sentence}
    if passed and len(passed) < len(ranking.rows):
        sentence = _("Pass mark: %(mark)s") % {"mark": ranking.call.pass_mark}
        found.setdefault(passed[-1].application.pk, {})["mark"] = sentence
    return found


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
            "caption": _("Target: more than %(target)s. Staged awards are counted in.")
            % {"target": year.target_projects},
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
