"""Papers of the finished call: the minutes of its meeting with signatures, and the experts' acts of work done."""

from collections import Counter as Counted
from datetime import UTC, datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from committees.actions.minutes import LANGUAGES, paper_of
from committees.models import Meeting, Minutes, MinutesSignature
from committees.queries.minutes import content_of, template_sha256
from core.canonical import sha256_of
from core.models import Counter
from grants.models import WorkAct
from grants.queries.work_acts import act_pdf
from portal.demo import plan
from portal.demo.papers import PDF, Store, document, note_stored
from portal.demo.season import Judge, Season
from portal.demo.voting import Room

MADE_AFTER, SIGNED_AFTER = timedelta(hours=2), timedelta(hours=4)
ACTS_AFTER = 3  # days after the release


def store_minutes(season: Season, store: Store, meeting: Meeting, room: Room) -> None:
    """Both languages from the rows, and one scan with the signatures of everybody who was present."""
    assert meeting.closed_at is not None
    by, at, content = season.accounts["secretary"], meeting.closed_at + MADE_AFTER, content_of(meeting)
    made = []
    for language in LANGUAGES:
        with translation.override(language):
            paper = paper_of(meeting, content)
            name = _("Minutes %(number)s, version %(version)s, %(language)s") % {
                "number": meeting.number,
                "version": 1,
                "language": language,
            }
        row = document(season, store.keep(paper), f"{name}.pdf", PDF, by, at)
        row.save(force_insert=True)
        note_stored(season, row)
        minutes = Minutes(public_id=season.invent.public_id(), meeting=meeting, language=language, document=row)
        minutes.content, minutes.content_sha256 = content, sha256_of(content)
        minutes.template_sha256, minutes.made_at, minutes.made_by = template_sha256(), at, by
        minutes.save(force_insert=True)
        made.append(minutes)
    hashes = {"content": made[0].content_sha256, "template": made[0].template_sha256}
    season.history.add(at, "meeting.minutes", meeting, by=by, number=1, **hashes)
    _sign(season, store, made, [*room.voters(season), "secretary"], meeting.closed_at + SIGNED_AFTER)


def _sign(season: Season, store: Store, made: list[Minutes], keys: list[str], at: datetime) -> None:
    by, meeting, seats = season.accounts["secretary"], made[0].meeting, [season.seats[key] for key in keys]
    scan = document(season, store.paper("signatures"), "scan.pdf", PDF, by, at)
    scan.save(force_insert=True)
    note_stored(season, scan)
    signed = {"scan": scan, "signed_on": at.date(), "recorded_at": at, "recorded_by": by}
    MinutesSignature.objects.bulk_create(
        MinutesSignature(minutes=minutes, seat=seat, **signed) for minutes in made for seat in seats
    )
    facts = {"number": 1, "seats": sorted(seat.pk for seat in seats), "sha256": scan.sha256}
    season.history.add(at, "meeting.sign_minutes", meeting, by=by, **facts)


def store_acts(season: Season, store: Store) -> None:
    """An act for each expert of the standard panel who read for the finished call."""
    call = season.calls[plan.FINISHED].call
    done = Counted(o.judge.user.pk for case in season.of(plan.FINISHED) for o in case.live_opinions if o.done_at)
    judges = [judge for judge in season.panel[: plan.EXPERTS] if done[judge.user.pk]]
    assert call.released_at is not None
    begin = season.days.at(season.days.day_of(call.released_at) + ACTS_AFTER, 15)
    for number, judge in enumerate(judges, start=1):
        _store_act(season, store, judge, number, done[judge.user.pk], begin + timedelta(minutes=3 * number))
    Counter.objects.create(key=f"work_act:{begin.year}", value=len(judges))


def _store_act(season: Season, store: Store, judge: Judge, number: int, reviews: int, at: datetime) -> None:
    call, by = season.calls[plan.FINISHED].call, season.accounts["secretary"]
    named = f"AE-{at.year}-{number:04d}"
    paper = store.keep(act_pdf(judge.expert, call, number=named, reviews=reviews, at=at.astimezone(UTC)))
    row = document(season, paper, f"{named}.pdf", PDF, by, at)
    row.save(force_insert=True)
    note_stored(season, row)
    act = WorkAct.objects.create(
        public_id=season.invent.public_id(),
        number=named,
        expert=judge.expert,
        call=call,
        reviews=reviews,
        document=row,
        made_at=at,
        made_by=by,
    )
    facts = {"expert": judge.expert.pk, "reviews": reviews, "sha256": row.sha256}
    season.history.add(at, "work_act.make", act, by=by, **facts)
