"""Returning an application for correction of named fields, answering, and what the clock does when nobody answers."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.templatetags.words import moment
from core.workflow import lock
from core.working_days import add_working_days
from grants import policy
from grants.actions.checks import run_automatic_checks
from grants.actions.letters import tell_owners
from grants.actions.plan import put_back_cards
from grants.actions.submission import freeze
from grants.models import Application, ApplicationDocument, Correction
from grants.queries.cards import CARD_FIELDS, card_fields
from grants.queries.completeness import FACTS, fact_column, gaps, read_given
from grants.queries.fields import asked_beside
from grants.queries.snapshot import field_values
from grants.statuses import ApplicationStatus
from notifications.actions.announce import cancel
from questionnaires.actions.answers import save_answers
from questionnaires.actions.files import put_back_files
from questionnaires.formulas.shape import questions_of
from questionnaires.queries.answers import file_keys
from questionnaires.queries.asked import with_dependants
from questionnaires.queries.texts import texts_of
from questionnaires.statuses import QuestionKind

CLOSING_HOUR = time(18, 0)


def due_moment(working_days: int) -> datetime:
    """18:00 in Almaty on the last of so many working days from tomorrow."""
    last = add_working_days(clock.today(), working_days)
    return timezone.make_aware(datetime.combine(last, CLOSING_HOUR))


@transaction.atomic
def open_correction(
    application: Application,
    *,
    fields: list[str],
    reason_kk: str = "",
    reason_ru: str = "",
    words: dict[str, dict[str, str]] | None = None,
    by: Any,
) -> Correction:
    """Opens the named fields to the applicant until 18:00 of the last working day, and tells them why.

    `words` are those beside a field, in Kazakh and in Russian; fields without any need the common reason. Raises
    NotAllowed for who is no officer, and Refused where a field has no reason, cannot be named, or time has passed.
    """
    if not policy.may_screen(by):
        raise NotAllowed(_("Only an officer returns an application."), code="not_an_officer")
    application = lock(application)
    words = words or {}
    has_common = bool(reason_kk.strip() and reason_ru.strip())
    _refuse_opening(application, fields)
    if set(words) - set(fields) or not (has_common or set(words) == set(fields)) or not _is_in_both(words):
        raise Refused(_("Give the reason in Kazakh and in Russian: the applicant reads it."), code="no_reason")
    fields = _with_what_follows(application, fields)
    correction = Correction.objects.create(
        application=application,
        fields=fields,
        words=words,
        reason_kk=reason_kk.strip(),
        reason_ru=reason_ru.strip(),
        before=field_values(application, fields),
        opened_by=by,
        due_at=due_moment(application.call.correction_working_days),
    )
    record("application.open_correction", application, by=by, data={"fields": correction.fields})
    _tell(application, correction)
    return correction


def _is_in_both(words: dict[str, dict[str, str]]) -> bool:
    return all(said.get(language, "").strip() for said in words.values() for language in ("kk", "ru"))


def _refuse_opening(application: Application, fields: list[str]) -> None:
    if application.status != ApplicationStatus.SUBMITTED:
        raise Refused(_("This application is no longer in screening. Reload the page."), code="wrong_state")
    if application.corrections.filter(answered_at=None, expired_at=None).exists():
        raise Refused(_("A correction is already open."), code="correction_open")
    if not fields or set(fields) - set(correctable(application)):
        raise Refused(_("Choose the fields that must be corrected."), code="no_fields")


def _with_what_follows(application: Application, fields: list[str]) -> list[str]:
    """With the questions that appear when a named one is answered otherwise: they have to be answered too."""
    content = application.answer_set.version.content
    named = {name.removeprefix("q_") for name in fields if name.startswith("q_")}
    more = with_dependants(content, named) - named
    if not more:
        return fields
    return [*fields, *(name for name in correctable(application) if name.startswith("q_") and name[2:] in more)]


def correctable(application: Application) -> list[str]:
    """Every field that a correction may name: facts, questions, documents."""
    content = application.answer_set.version.content
    questions = [f"q_{q['key']}" for q in questions_of(content) if q["kind"] != QuestionKind.CALCULATED]
    documents = [f"doc_{key}" for key in application.call.requirements.before_decision().values_list("key", flat=True)]
    return [*FACTS, *questions, *card_fields(application.call), *documents]


def _tell(application: Application, correction: Correction) -> None:
    """Now, and once more the day before it is due."""
    key = f"correction:{application.public_id}:{correction.pk}"

    def context() -> dict[str, str]:
        asked = [str(correction.reason), *asked_beside(application, correction)]
        return {"reason": "\n".join(filter(None, asked)), "due": moment(correction.due_at)}

    tell_owners(application, "returned", key=f"{key}:opened", context=context, term_ends_at=correction.due_at)
    reminder = correction.due_at - timedelta(days=1)
    if reminder > clock.now():
        tell_owners(application, "correction_due", key=f"{key}:due", context=context, due_at=reminder)


@transaction.atomic
def answer_correction(application: Application, *, by: Any) -> Correction:
    """The applicant has corrected: a new snapshot is frozen, and the officer sees only what changed marked."""
    application = lock(application)
    if not policy.may_send_application(by, application):
        raise NotAllowed(_("Only an owner of the organisation may send the correction."), code="not_an_owner")
    correction = application.corrections.filter(answered_at=None, expired_at=None, due_at__gte=clock.now()).first()
    if correction is None:
        raise Refused(_("No correction is open now. The application stands as it was sent."), code="no_correction")
    given = read_given(application)
    found = gaps(application, given)
    if found:
        raise Refused(
            _("Not complete yet. Missing: %(list)s") % {"list": "; ".join(g.sentence for g in found)}, code="incomplete"
        )
    after = field_values(application, correction.fields)
    changed = [field for field in correction.fields if after[field] != correction.before.get(field)]
    Correction.objects.filter(pk=correction.pk).update(answered_at=clock.now(), answered_by=by, changed=changed)
    cancel(key_prefix=f"correction:{application.public_id}:")
    run_automatic_checks(application)
    submission = freeze(application, given, by=by)
    application.search_text = application.folded(texts_of(given.asked.questions, given.answers))
    application.save(update_fields=["search_text"])
    proof = {"changed": changed, "sha256": submission.sha256}
    record("application.answer_correction", application, by=by, data=proof)
    correction.refresh_from_db()
    return correction


def late_corrections() -> list[int]:
    """Keys of corrections whose time has passed without an answer."""
    late = Correction.objects.filter(answered_at=None, expired_at=None, due_at__lt=clock.now())
    return list(late.values_list("pk", flat=True))


@transaction.atomic
def close_late_correction(correction_id: int) -> bool:
    """Closes one unanswered correction and puts the named fields back as they were sent: the clock refuses nobody."""
    correction = Correction.objects.get(pk=correction_id)
    application = lock(correction.application)
    correction.refresh_from_db()
    if not correction.is_open or correction.due_at >= clock.now():
        return False
    _put_back(application, correction.before)
    Correction.objects.filter(pk=correction.pk).update(expired_at=clock.now())
    record("application.close_late_correction", application, by=None, data={"correction": correction.pk})
    return True


def _put_back(application: Application, before: dict[str, Any]) -> None:
    """Restores facts, answers and documents to the values that were sent."""
    facts = {name: value for name, value in before.items() if name in FACTS}
    for name, value in facts.items():
        field = fact_column(name)
        setattr(application, field.attname, field.to_python(value))
    application.search_text = application.folded()
    application.save(update_fields=[*facts, "search_text"])
    answers = {k.removeprefix("q_"): v for k, v in before.items() if k.startswith("q_")}
    files = file_keys(application.answer_set.version.content) & answers.keys()
    save_answers(application.answer_set, {key: value for key, value in answers.items() if key not in files})
    for key in files:
        put_back_files(application.answer_set, key, answers[key] or [])
    for name, document_ids in before.items():
        if name.startswith("doc_"):
            _put_back_documents(application, name.removeprefix("doc_"), document_ids)
        elif name in CARD_FIELDS:
            put_back_cards(application, name, document_ids)


def _put_back_documents(application: Application, key: str, document_ids: list[int]) -> None:
    requirement = application.call.requirements.get(key=key)
    rows = application.documents.filter(requirement=requirement)
    rows.exclude(document_id__in=document_ids).delete()
    kept = set(rows.values_list("document_id", flat=True))
    ApplicationDocument.objects.bulk_create(
        [
            ApplicationDocument(application=application, requirement=requirement, document_id=document_id)
            for document_id in document_ids
            if document_id not in kept
        ]
    )
