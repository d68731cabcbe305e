"""A dossier for a court: everything about one application in one file that proves itself."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import seals
from core.audit import record
from core.dossier import pack
from core.refusals import NotAllowed, Refused
from grants import policy
from grants.models import Application
from grants.queries.court import Told, files_about

MINORS = "grants.guardianconsent"  # names of children: an officer alone sees them, in a dossier too


@transaction.atomic
def export_for_court(application: Application, *, by: Any) -> bytes:
    """The ZIP at once, with its line in the trail, for the shell. A person gets it from a worker (actions/exports.py).
    Raises what `make_bundle` raises.
    """
    bundle = make_bundle(application, by=by)
    note_bundle(application, bundle, by=by)
    return bundle


def note_bundle(application: Application, bundle: bytes, *, by: Any) -> None:
    """Its SHA-256 is written into the trail: `verify_audit --dossier` asks for it there."""
    data = {"sha256": hashlib.sha256(bundle).hexdigest(), "size": len(bundle)}
    record("application.court_export", application, by=by, data=data)


def make_bundle(application: Application, *, told: Told | None = None, by: Any) -> bytes:
    """The ZIP (core/dossier.py), outside of any lock; `told` hears how many papers and letters of how many are read.
    Guardians' consents are in it where the person may see minors; the manifest says what was left out.

    Raises NotAllowed for who neither screens, audits nor administers, and Refused for a draft, which is its
    applicant's alone.
    """
    if not policy.may_export_for_court(by):
        raise NotAllowed(_("Only an officer, an auditor or an administrator exports a dossier."), code="not_allowed")
    if application.number is None:
        raise Refused(_("This application was never sent, so there is nothing to export."), code="never_sent")
    seals.seal_pending()
    application = Application.objects.select_related("call", "answer_set").get(pk=application.pk)
    left_out = [] if policy.may_see_minors(by) else [MINORS]
    about = {"application": application.public_id, "number": application.number, "left_out": left_out}
    return pack(files_about(application, left_out=left_out, told=told), about)
