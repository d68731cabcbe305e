"""A minor takes part: saying so, the guardian's consent with its signed paper, taking it off."""

from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.audit import record
from core.identifiers import is_minor
from core.refusals import Refused
from documents.actions.erasure import erase_document
from documents.actions.pieces import refuse_haste
from documents.actions.store import atomic_with_files, store_upload
from grants.actions.applications import open_for_editing
from grants.models import Application, GuardianConsent
from grants.queries.papers import held_elsewhere

MOST = 20  # consents of one application


@transaction.atomic
def say_minor(application: Application, has_minor: bool, *, by: Any) -> Application:
    """The applicant says whether a person under 18 takes part; what an IIN says never decides it.

    Raises Refused where the call takes no minors, and where the draft cannot be changed now.
    """
    application = open_for_editing(application, {"has_minor"}, by)
    if has_minor and not application.call.allows_minors:
        raise Refused(_("This call is for people of 18 or older. Ask an adult to apply."), code="no_minors")
    if application.has_minor != has_minor:
        application.has_minor = has_minor
        application.save(update_fields=["has_minor"])
        record("application.say_minor", application, by=by, data={"has_minor": has_minor})
    return application


@atomic_with_files()
def add_guardian_consent(
    application: Application,
    *,
    minor_name: str,
    born_on: date,
    guardian_name: str,
    guardian_phone: str,
    file: File,
    by: Any,
) -> GuardianConsent:
    """Keeps a guardian's consent with its signed paper; that a minor takes part is said with it.

    The trail holds neither names nor the date. Raises Refused for a person of 18 or older, for a bad file, for too many
    files, and where the call takes no minors.
    """
    application = say_minor(application, True, by=by)
    refuse_haste(by)
    if not is_minor(born_on, today=clock.today()):
        raise Refused(_("By this date the person is 18 or older and needs no consent."), code="of_age")
    if application.guardian_consents.count() >= MOST:
        raise Refused(_("So many consents do not fit. Take off those that are not needed."), code="too_many")
    document = store_upload(file, by=by)
    consent = GuardianConsent.objects.create(
        application=application,
        minor_name=minor_name,
        born_on=born_on,
        guardian_name=guardian_name,
        guardian_phone=guardian_phone,
        document=document,
        given_by=by,
    )
    data = {"consent": consent.public_id, "sha256": document.sha256}
    record("application.add_consent", application, by=by, data=data)
    return consent


@transaction.atomic
def remove_guardian_consent(consent: GuardianConsent, *, by: Any) -> None:
    """Takes it off the draft. The stored paper is erased, unless a snapshot names it: nobody needs a minor's facts."""
    application = open_for_editing(consent.application, {"has_minor"}, by)
    record("application.remove_consent", application, by=by, data={"consent": consent.public_id})
    document = consent.document
    consent.delete()
    if document and not application.submissions.exists() and not held_elsewhere([document.pk], []):
        erase_document(document, by=by)
