"""What is said in public while a call runs: more time for everybody after an outage, a question with its answer."""

from datetime import datetime, timedelta

from core.canonical import plain, sha256_of
from grants.models import Call, CallQuestion, CallRules, Extension
from grants.queries.rules import compile_rules
from portal.demo import plan
from portal.demo.invention import data
from portal.demo.season import Season

GRANTED = (17, 20)  # on the last day of the finished call, forty minutes before it would have closed
MORE = timedelta(hours=2)
ASKED, ANSWERED = -6, -5  # days; the open call began ten days ago


def give_more_time(season: Season) -> None:
    """As `grants.actions.extensions.extend_call` does it, before the first application is drawn: it had no drafts."""
    opened, at, by = season.calls[plan.FINISHED], granted_at(season), season.accounts["admin"]
    call, why = opened.call, data("talk")["outage"]
    reasons = {"reason_kk": why["kk"], "reason_ru": why["ru"]}
    extension = Extension.objects.create(
        call=call, closed_at=call.closes_at, closes_at=call.closes_at + MORE, granted_at=at, granted_by=by, **reasons
    )
    Call.objects.filter(pk=call.pk).update(closes_at=extension.closes_at)
    call.refresh_from_db()
    content = plain(compile_rules(call))
    rules = CallRules.objects.create(
        call=call, number=2, content=content, sha256=sha256_of(content), made_at=at, **reasons
    )
    opened.later_rules = rules
    moved = {"from": extension.closed_at, "to": extension.closes_at}
    season.history.add(at, "call.extend", call, by=by, **moved, rules=rules.sha256, extension=extension.pk)


def granted_at(season: Season) -> datetime:
    """When everybody got more time."""
    return season.days.at(plan.WAVES[plan.FINISHED].closes, *GRANTED)


def begin_under_first_rules(season: Season) -> None:
    """Nobody begins after the new rules were made: every application of that call keeps the first ones."""
    opens_at, made_at = season.calls[plan.FINISHED].call.opens_at, granted_at(season)
    for case in season.of(plan.FINISHED):
        case.created_at = opens_at + (case.created_at - opens_at) % (made_at - opens_at)


def store_question(season: Season) -> None:
    """Asked by an applicant in their own words, published by an officer in others; letters are nobody's."""
    said, call = data("talk")["question"], season.calls[plan.OPEN].call
    asker, officer = season.accounts["applicant"], season.officers[0]
    asked_at, answered_at = season.days.at(ASKED, 20, 15), season.days.at(ANSWERED, 10, 40)
    texts = {f"{what}_{lang}": text for what in ("question", "answer") for lang, text in said[what].items()}
    question = CallQuestion.objects.create(
        public_id=season.invent.public_id(),
        call=call,
        text=said["asked"],
        language="ru",
        asked_by=asker,
        asked_at=asked_at,
        answered_by=officer,
        answered_at=answered_at,
        published_at=answered_at,
        **texts,
    )
    season.history.add(asked_at, "callquestion.ask", question, by=asker, call=call.public_id)
    season.history.add(answered_at, "callquestion.answer", question, by=officer, call=call.public_id)
