"""One application that carries a mark in each of its fields, brought through a season, and the pages to look for them.

tests/grants/visibility_table.py is the literal table; tests/grants/test_visibility_fields.py compares the two.
"""

import logging
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.statuses import MembershipRole
from committees.actions import agenda as items
from committees.actions import attendance, votes
from committees.models import AgendaItem
from committees.queries.session import session_of
from core import clock
from documents.models import Document
from grants.actions import rankings as ranking_actions
from grants.actions import reviews, screening
from grants.actions.exports import make_export
from grants.models import Appeal, Application, Conflict, Decision, Export, GuardianConsent, RankingRun
from grants.statuses import AppealAgainst, CheckKind, CheckResult, ConflictKind
from tests import commission, factories

IIN = "850101300126"
MARKS = {
    "title": "Маркатақырып",
    "summary": "Маркақысқаша",
    "answer": "Маркажауап",
    "budget": "Маркашығын",
    "plan": "Маркакезең",
    "file name": "Маркафайл",
    "minor": "Маркажас",
    "organisation": "Маркаұйым",
    "head": "Маркажетекші",
    "address": "Маркамекенжай",
    "phone": "7017654321",
    "head's IIN": IIN,
    "owner's e-mail": "marka-owner@example.test",
    "check": "Маркатексеру",
    "conflict": "Маркамүдде",
    "own review": "Маркапікір",
    "other review": "Маркабөтен",
    "decision": "Маркашешім",
    "appeal": "Маркашағым",
}
MOMENTS = {
    "d": "draft",
    "s": "submitted and checked",
    "e": "eligible, two experts asked",
    "r": "the second expert's review is in, the first one has declared",
    "c": "both reviews are in, the ranking is frozen",
    "t": "the commission has resolved, the decision is staged",
    "l": "released",
    "a": "appealed",
}
SITE, DESK = "site", "desk"
WRITERS = {"owner", "editor", "viewer", "outsider", "expert", "officer"}
PEOPLE = {
    "stranger": SITE,
    "owner": SITE,
    "editor": SITE,
    "viewer": SITE,
    "outsider": SITE,
    "expert": SITE,
    "conflicted expert": SITE,
    "observer": SITE,
    "officer": DESK,
    "conflicted officer": DESK,
    "secretary": DESK,
    "commission": DESK,
    "finance": DESK,
    "auditor": DESK,
    "administrator": DESK,
}


class Season:
    """Acts on one application by the real actions; `steps` brings it from one moment to the next."""

    def __init__(self, *, is_blind: bool = False) -> None:
        owner = factories.make_user(MARKS["owner's e-mail"])
        organisation = factories.make_organisation(
            owner, name=f"ТОО «{MARKS['organisation']}»", head_name=MARKS["head"], head_iin=IIN,
            address=MARKS["address"], phone="+77017654321",
        )  # fmt: skip
        self.call = factories.make_planned_call(allows_minors=True, is_blind=is_blind)
        self.application = factories.make_draft(owner, self.call)
        self.people = self._people(owner, organisation)
        self.assignment: Any = None
        self.live = ""
        self.browsers: dict[str, Client] = {}
        self._mark_draft()

    def _people(self, owner: Any, organisation: Any) -> dict[str, Any]:
        editor, viewer = factories.make_user(), factories.make_user()
        factories.add_member(organisation, editor, MembershipRole.EDITOR)
        factories.add_member(organisation, viewer, MembershipRole.VIEWER)
        assert self.call.commission is not None
        seat = self.call.commission.seats.get()
        return {
            "stranger": AnonymousUser(),
            "owner": owner,
            "editor": editor,
            "viewer": viewer,
            "outsider": factories.make_user(),
            "expert": factories.make_staff("expert"),
            "conflicted expert": factories.make_staff("expert"),
            "observer": AnonymousUser(),
            "officer": factories.make_staff("officer"),
            "conflicted officer": factories.make_staff("officer"),
            "secretary": factories.make_staff("secretary"),
            "commission": seat.user,
            "finance": factories.make_staff("finance"),
            "auditor": factories.make_staff("auditor"),
            "administrator": factories.make_staff("administrator"),
        }

    def browser(self, who: str) -> Client:
        """One person's browser, signed in once."""
        if who not in self.browsers:
            self.browsers[who] = Client()
            if self.people[who].is_authenticated:
                self.browsers[who].force_login(self.people[who])
        return self.browsers[who]

    def _mark_draft(self) -> None:
        row = self.application
        Application.objects.filter(pk=row.pk).update(title=MARKS["title"], summary=MARKS["summary"], has_minor=True)
        row.answer_set.answers.filter(key="problem").update(value=MARKS["answer"])
        row.budget_lines.update(item=MARKS["budget"])
        row.milestones.update(title=MARKS["plan"])
        given = row.documents.get().document
        same = {"media_type": given.media_type, "size": given.size, "sha256": given.sha256, "file": given.file}
        paper = Document.objects.create(original_name=f"{MARKS['file name']}.pdf", **same)
        row.documents.update(document=paper)
        GuardianConsent.objects.create(
            application=row, document=paper, given_by=self.people["owner"], minor_name=MARKS["minor"],
            born_on=date(2012, 5, 31), guardian_name="Ана", guardian_phone="+77010000000",
        )  # fmt: skip
        row.refresh_from_db()

    def steps(self) -> dict[str, Callable[[], None]]:
        """What brings it to each moment."""
        return {
            "d": lambda: None,
            "s": self._submit,
            "e": self._find_eligible,
            "r": self._begin_reading,
            "c": self._finish_reading,
            "t": self._resolve,
            "l": self._release,
            "a": self._appeal,
        }

    def _submit(self) -> None:
        factories.applications.submit_application(self.application, agreed={"declaration"}, by=self.people["owner"])
        self.application.refresh_from_db()
        by = self.people["officer"]
        screening.assign_officer(self.application, by, by=by)
        screening.record_check(self.application, CheckKind.TAX_DEBT, CheckResult.PASSED, evidence=MARKS["check"], by=by)
        for who in ("conflicted officer", "conflicted expert"):
            Conflict.objects.create(
                person=self.people[who],
                application=self.application,
                kind=ConflictKind.RECORDED,
                note=MARKS["conflict"],
            )

    def _find_eligible(self) -> None:
        by = self.people["officer"]
        for kind in (CheckKind.DOCUMENTS, CheckKind.SUBSTANCE):
            screening.record_check(self.application, kind, CheckResult.PASSED, evidence="", by=by)
        screening.find_eligible(self.application, by=by)
        self.application.refresh_from_db()
        self.assignment = factories.assign(self.application, factories.make_expert(self.people["expert"]))
        self.other = factories.assign(self.application)

    def _begin_reading(self) -> None:
        self._review(self.other, MARKS["other review"])
        reviews.declare_no_conflict(self.assignment, by=self.people["expert"])

    def _review(self, assignment: Any, words: str) -> None:
        by = assignment.expert.user
        reviews.declare_no_conflict(assignment, by=by)
        given = {"score": 4, "words": words, "evidence": "fact:summary"}
        scores = {criterion.key: given for criterion in self.call.criteria.all()}
        reviews.submit_review(assignment, scores=scores, comment=words, by=by)

    def _finish_reading(self) -> None:
        self._review(self.assignment, MARKS["own review"])
        ranking_actions.freeze_ranking(self.call, by=self.people["secretary"])

    def _resolve(self) -> None:
        by = self.people["secretary"]
        reasons = dict.fromkeys(commission.REASONS, (MARKS["decision"], MARKS["decision"]))
        assert self.call.commission is not None
        meeting = commission.plan_meeting(self.call.commission, by=by)
        commission.agenda.make_agenda(meeting, self.call, reasons=reasons, by=by)
        observer = attendance.invite_observer(meeting, name="Бақылаушы", by=by)
        self.live = attendance.renew_link(observer, by=by)
        meeting = commission.convene(meeting, by=by)
        item = AgendaItem.objects.select_related("meeting").get(of_application__application=self.application)
        items.open_item(item, by=by)
        able = session_of(meeting).able(item)
        for seat in meeting.committee.seats.filter(pk__in=able).select_related("user"):
            votes.cast_ballot(item, "for", by=seat.user)
        commission.results.close_item(item, by=by)

    def _release(self) -> None:
        factories.release(self.call)

    def _appeal(self) -> None:
        """Nobody appeals against a whole award; the row stands for those who do."""
        Appeal.objects.create(
            application=self.application, decision=Decision.objects.get(application=self.application),
            against=AppealAgainst.DECISION, text=MARKS["appeal"], made_by=self.people["owner"],
            due_at=clock.now() + timedelta(days=10),
        )  # fmt: skip


class Look:
    """What one person reads in every page and file that they can open."""

    def __init__(self, season: Season) -> None:
        self.season = season
        self.said: dict[str, set[str]] = {}

    def marks_seen(self, who: str) -> set[str]:
        """The marked fields that stand in any answer."""
        person, client = self.season.people[who], self.season.browser(who)
        return set().union(*(self._marks(client, path, person) for path in self._addresses(who)))

    def _marks(self, client: Client, path: str, person: Any) -> set[str]:
        """The marked fields of one answer. Two who are not signed in get the same one: it is read once a moment."""
        if not person.is_authenticated and path in self.said:
            return self.said[path]
        said = self._read(client, path).lower()
        found = {field for field, mark in MARKS.items() if mark.lower() in said} if said else set()
        digits = re.sub(r"[^\d<>\n]", "", said)
        found |= {field for field, mark in MARKS.items() if mark.isdigit() and mark in digits}
        if not person.is_authenticated:
            self.said[path] = found
        return found

    def _read(self, client: Client, path: str) -> str:
        answer: Any = self._made(client, client.post(path)) if path.endswith("/court/") else client.get(path)
        if answer.status_code != 200:
            return "" if answer.status_code != 409 else answer.content.decode()
        named = answer.headers.get("Content-Disposition", "")
        return f"{_utf8(named)}\n{_text(answer)}"

    def _made(self, client: Client, asked: Any) -> Any:
        """The ZIP that a worker makes and its reader takes."""
        if asked.status_code != 302 or "/export/" not in asked.url:
            return asked
        export = Export.objects.latest("pk")
        make_export(export.pk)
        return client.get(reverse("admin:grants_export_file", args=[export.pk]))

    def _addresses(self, who: str) -> list[str]:
        """Addresses that lead to this application, whether they are this person's or not."""
        found = _site(self.season) + (_forms(self.season) if who in WRITERS else [])
        return found + (_desk(self.season) if PEOPLE[who] == DESK else [])


def _utf8(header: str) -> str:
    from urllib.parse import unquote

    return unquote(header)


def _text(answer: HttpResponse) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if answer.headers.get("Content-Type") == "application/zip":
        with zipfile.ZipFile(BytesIO(body)) as opened:
            body = b"\n".join(opened.read(name) for name in opened.namelist())
    return body.decode(errors="replace")


def _site(season: Season) -> list[str]:
    row, here = season.application, season.application.public_id
    found = [reverse("grants:application_detail", args=[here]), reverse("grants:application_list")]
    found += [reverse("grants:call_detail", args=[season.call.public_id]), reverse("portal:progress_grants")]
    found += [reverse("grants:document_download", args=[one.public_id]) for one in row.documents.all()]
    found += [reverse("grants:guardian_paper", args=[one.public_id]) for one in row.guardian_consents.all()]
    for one in row.submissions.all():
        found += [reverse(f"grants:submission_{name}", args=[one.public_id]) for name in ("receipt", "snapshot")]
    if season.assignment:
        found += [reverse(f"grants:review_{name}", args=[season.assignment.public_id]) for name in ("edit", "declare")]
        found.append(reverse("grants:review_edit", args=[season.other.public_id]))
        document = row.documents.get().public_id
        found.append(reverse("grants:review_document", args=[season.assignment.public_id, document]))
        found.append(reverse("grants:review_list"))
    item = AgendaItem.objects.filter(of_application__application=row).select_related("meeting").first()
    if item:
        found += [reverse(f"committees:{name}", args=[item.meeting.public_id]) for name in ("meeting", "vote")]
        found.append(reverse("committees:live", args=[season.live]))
    return found


def _forms(season: Season) -> list[str]:
    """The pages on which an application is written, fetched alike (`owned_by`)."""
    pages = ("check", "documents", "plan", "budget", "minors", "edit")
    here = season.application.public_id
    found = [reverse(f"grants:application_{name}", args=[here]) for name in pages]
    return [*found, reverse("grants:application_section", args=[here, "project"])]


def _desk(season: Season) -> list[str]:
    row = season.application
    found = [
        reverse("admin:grants_application_changelist"),
        reverse("admin:grants_application_change", args=[row.pk]),
        reverse("admin:grants_application_document", args=[row.pk, row.documents.get().public_id]),
        reverse("admin:grants_application_snapshot", args=[row.pk, 1]),
        reverse("admin:grants_application_court", args=[row.pk]),
        reverse("admin:accounts_organisation_change", args=[row.organisation_id]),
        reverse("admin:grants_conflict_changelist"),
        reverse("admin:grants_ranking", args=[season.call.public_id]),
        reverse("admin:grants_award_changelist"),
        reverse("admin:grants_award_exceptions"),
        reverse("admin:grants_appeal_changelist"),
    ]
    rows: list[Any] = [*row.conflicts.all()[:1], *Decision.objects.filter(application=row)]
    rows += [*Appeal.objects.filter(application=row), *RankingRun.objects.filter(call=season.call)]
    rows += [*row.assignments.all(), *row.agenda_items.all(), *row.awards.all()]
    return found + [reverse(f"admin:grants_{one._meta.model_name}_change", args=[one.pk]) for one in rows]


def walk(season: Season, people: Iterable[str] = tuple(PEOPLE)) -> dict[str, dict[str, str]]:
    """person -> field -> the moments (letters of MOMENTS) in which they see it.

    What a refusal says is not read here (tests/test_bad_input.py, test_blind.py), so it is not drawn either.
    """
    seen: dict[str, dict[str, str]] = {who: {} for who in people}
    with quick_refusals():
        for letter, step in season.steps().items():
            step()
            look = Look(season)
            for who in seen:
                for field in look.marks_seen(who):
                    seen[who][field] = seen[who].get(field, "") + letter
    return seen


@contextmanager
def quick_refusals() -> Iterator[None]:
    """A refusal is its number alone, and no line of the log: half of what people try is refused."""
    with pytest.MonkeyPatch.context() as patch:
        for name, status in (("handler403", 403), ("handler404", 404)):
            patch.setattr(f"config.urls.{name}", partial(_refused, status=status))
        logging.disable(logging.ERROR)
        try:
            yield
        finally:
            logging.disable(logging.NOTSET)


def _refused(request: Any, exception: Any = None, *, status: int) -> HttpResponse:
    return HttpResponse(status=status)
