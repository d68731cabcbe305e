"""Rows of the applications: answers, sendings with their snapshots, consents, and the trail of it all."""

from datetime import datetime, timedelta

from accounts.models import Consent, ConsentText
from accounts.statuses import ConsentKind
from core.models import Counter
from documents.models import Document
from grants.models import Application, Submission
from grants.queries.completeness import FACTS
from grants.statuses import ApplicationStatus as A
from portal.demo.invention import data
from portal.demo.papers import BATCH, JSON, Store, document, note_stored, snapshot, store_papers
from portal.demo.plans import store_plans
from portal.demo.season import Case, Season
from questionnaires.formulas.shape import questions_of
from questionnaires.models import Answer, AnswerSet
from questionnaires.queries.texts import texts_of

SENDING = (A.DRAFT.value, A.SUBMITTED.value)
PUBLICATION = 0.4  # of the applicants, those who also agree to photos and stories


def store_applications(season: Season, store: Store) -> None:
    """Everything that an applicant leaves behind."""
    year, numbered = season.calls["finished"].call.programme_year.year, sum(1 for c in season.cases if c.number)
    Counter.objects.create(key=f"GR-{year}", value=numbered)
    versions = [case.opened.call.questionnaire_version for case in season.cases]
    sets = AnswerSet.objects.bulk_create([AnswerSet(version=v) for v in versions], batch_size=BATCH)
    for case, answer_set in zip(season.cases, sets, strict=True):
        case.stored = _application(season, case, answer_set)
    Application.objects.bulk_create([case.row for case in season.cases], batch_size=BATCH)
    Answer.objects.bulk_create(
        [
            Answer(set_id=answer_set.pk, key=key, value=value, saved_at=_edited_at(case))
            for case, answer_set in zip(season.cases, sets, strict=True)
            for key, value in case.answers.items()
        ],
        batch_size=BATCH,
    )
    store_plans(season)
    store_papers(season, store)
    _store_sendings(season, store)
    _store_consents(season)
    for case in season.cases:
        _tell(season, case)


def _application(season: Season, case: Case, answer_set: AnswerSet) -> Application:
    made = Application(
        public_id=case.public_id,
        call=case.opened.call,
        organisation=case.organisation,
        rules=case.opened.rules,
        answer_set=answer_set,
        number=case.number,
        status=case.state,
        title=case.title,
        summary=case.summary,
        sector=case.organisation.sector,
        district=case.organisation.district,
        amount_requested=case.asked,
        own_amount=case.own,
        currency=case.opened.call.currency,
        created_by=case.owner,
        created_at=case.created_at,
        submitted_at=case.submitted_at,
        officer=case.officer,
    )
    questions = {question["key"]: question for question in questions_of(answer_set.version.content)}
    made.search_text = made.folded(texts_of(questions, case.answers) if case.number else None)
    return made


def _edited_at(case: Case) -> datetime:
    return case.created_at + ((case.first_sent_at or case.created_at) - case.created_at) / 3


def _sendings(case: Case) -> list[tuple[datetime, dict[str, str]]]:
    """When it was sent, and which texts stood there otherwise than they do now."""
    if not case.first_sent_at:
        return []
    before, made = texts_before(case), [case.first_sent_at]
    if case.submitted_at and case.submitted_at != case.first_sent_at:
        made.append(case.submitted_at)
    sendings = [(at, before) for at in made]
    if case.returned and case.returned.end == "answered" and case.returned.ended_at:
        sendings.append((case.returned.ended_at, {}))
    return sendings


def texts_before(case: Case) -> dict[str, str]:
    """The fields that an answered correction changed, as they were sent first."""
    if not case.returned or case.returned.end != "answered":
        return {}
    return dict.fromkeys(case.returned.words["fields"], data("words")["before"][case.language])


def _store_sendings(season: Season, store: Store) -> None:
    """A snapshot with its hash for each sending."""
    made: list[tuple[Case, datetime, Document]] = []
    for case in season.cases:
        for at, before in _sendings(case):
            kept = store.keep(snapshot(case, before=before))
            made.append((case, at, document(season, kept, f"{case.number}.json", JSON, case.owner, at)))
    Document.objects.bulk_create([row for _case, _at, row in made], batch_size=BATCH)
    for case, at, row in made:
        note_stored(season, row)
        case.submissions.append(
            Submission(
                public_id=season.invent.public_id(),
                application=case.row,
                number=len(case.submissions) + 1,
                snapshot=row,
                sha256=row.sha256,
                submitted_at=at,
                submitted_by=case.owner,
            )
        )
    Submission.objects.bulk_create([row for case in season.cases for row in case.submissions], batch_size=BATCH)


def _store_consents(season: Season) -> None:
    """The declaration with each sending by the applicant, and for some the publication of photos."""
    rng = season.stream("consents")
    texts = {text.kind: text for text in ConsentText.objects.order_by("version")}
    hashes = {kind: text.sha256() for kind, text in texts.items()}
    made: list[Consent] = []
    for case in season.cases:
        kinds = [ConsentKind.DECLARATION, *([ConsentKind.PUBLICATION] if rng.random() < PUBLICATION else [])]
        for at in sorted({at for at in (case.first_sent_at, case.submitted_at) if at}):
            made += [_consent(case, texts[kind], hashes[kind], at) for kind in kinds]
    Consent.objects.bulk_create(made, batch_size=BATCH)
    for row in made:
        facts = {"kind": row.text.kind, "version": row.text.version, "sha256": row.text_sha256}
        season.history.add(row.at, "consent.give", row, by=row.user, **facts)


def _consent(case: Case, text: ConsentText, sha256: str, at: datetime) -> Consent:
    return Consent(
        user=case.owner,
        organisation=case.organisation,
        text=text,
        text_sha256=sha256,
        language=case.language,
        about=case.row.public_id,
        at=at - timedelta(seconds=1),
    )


def _tell(season: Season, case: Case) -> None:
    """The trail from the first word to the last sending, and of giving up."""
    row, add, move, number = case.row, season.history.add, season.history.move, case.number
    add(case.created_at, "application.start", row, by=case.owner, call=case.opened.call.public_id)
    if case.answers:
        add(_edited_at(case), "application.edit", row, by=case.owner, fields=[*FACTS, *case.answers])
    if case.first_sent_at:
        move(case.first_sent_at, "application", "submit", row, SENDING, by=case.owner, number=number)
    if case.taken_back_at:
        move(case.taken_back_at, "application", "take_back", row, (A.SUBMITTED, A.DRAFT), by=case.owner)
        if case.submitted_at and case.submitted_at != case.first_sent_at:
            move(case.submitted_at, "application", "submit", row, SENDING, by=case.owner, number=number)
    if case.withdrawn_at:
        status = A.SUBMITTED if case.submitted_at else A.DRAFT
        move(case.withdrawn_at, "application", "withdraw", row, (status, A.WITHDRAWN), by=case.owner)
