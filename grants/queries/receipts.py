"""A receipt: on paper for its owner, and as a yes or no for everybody who holds its code."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from core.pdf import qr_svg, render_pdf
from core.templatetags.words import moment
from grants.models import Submission
from grants.statuses import ApplicationStatus

SHA256 = re.compile(r"[0-9a-f]{64}")
GROUPS = (5, 5, 4)  # of the code's 14 letters and digits, as people read them out
COUNTS, REPLACED, TAKEN_BACK = "counts", "replaced", "taken_back"


def standing_of(status: str, is_replaced: bool) -> str:
    """Whether a sending is the one that counts: the last one of an application that has not been taken back."""
    if is_replaced:
        return REPLACED
    is_back = status in (ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN)
    return TAKEN_BACK if is_back else COUNTS


@dataclass(frozen=True)
class CheckedReceipt:
    """All that a stranger learns: when it was sent, the hash of what was sent, whether it counts. No name, no title."""

    submitted_at: datetime
    sha256: str
    standing: str


def check_receipt(typed: str) -> CheckedReceipt | None:
    """The receipt behind a code or a SHA-256 as people type them; None where there is none. Always one query.

    Two sendings of the same content have the same hash: the later one answers.
    """
    text = re.sub(r"[^0-9a-z]", "", typed.lower())
    named = {"sha256" if SHA256.fullmatch(text) else "public_id": text}
    found = (
        Submission.objects.filter(**named)
        .with_standing()
        .annotate(status=F("application__status"))
        .order_by("-submitted_at")
        .values_list("submitted_at", "sha256", "status", "is_replaced")
        .first()
    )
    return CheckedReceipt(found[0], found[1], standing_of(found[2], found[3])) if found else None


def code_of(submission: Submission) -> str:
    """The code as it is printed: «ABCDE-FGHJK-MNPQ»."""
    code, parts = submission.public_id.upper(), []
    for length in GROUPS:
        parts.append(code[:length])
        code = code[length:]
    return "-".join(parts)


def address_of(submission: Submission) -> str:
    """The public page that confirms this receipt, as the square code leads to it."""
    return settings.SITE_URL + reverse("grants:receipt_check", args=[submission.public_id])


def grace_words(submission: Submission) -> str:
    """That it came within the grace, in words; empty where it came in time."""
    if submission.grace_opened_at is None:
        return ""
    return _(
        "Sent within the grace after closing (minutes: %(minutes)s). The page that sends was opened before: %(opened)s."
    ) % {"minutes": submission.application.call.grace_minutes, "opened": moment(submission.grace_opened_at)}


def receipt_pdf(submission: Submission) -> bytes:
    """The receipt on A4 in the current language: the same bytes at every press."""
    return render_pdf("receipt", _words(submission), at=submission.submitted_at)


def _words(submission: Submission) -> dict[str, Any]:
    """Everything that templates/pdf/receipt.typ prints; no IIN and no BIN."""
    application, address = submission.application, address_of(submission)
    return {
        "title": _("Receipt %(number)s") % {"number": application.number},
        "from": _("funding portal"),
        "foot": _("Receipt %(number)s") % {"number": application.number},
        "kind": _("Receipt"),
        "heading": _("The application was sent"),
        "number": application.number,
        "facts": _facts(submission),
        "hash_label": _("Fingerprint of what was sent (SHA-256)"),
        "sha256": submission.sha256,
        "hash_words": _("If anybody ever changes a letter of what was sent, the fingerprint is another one."),
        "grace": grace_words(submission),
        "qr": qr_svg(address),
        "qr_words": _("A square code with the address of the page that confirms this receipt"),
        "check_title": _("Is this receipt genuine?"),
        "check_words": _("Anybody can check it. The page shows no name and no title."),
        "address_label": _("Address"),
        "address": address,
        "address_shown": settings.SITE_URL + reverse("grants:receipt_ask"),
        "code_label": _("Code"),
        "code": code_of(submission),
    }


def _facts(submission: Submission) -> list[tuple[str, str]]:
    application = submission.application
    rows = [
        (_("Received by the server"), moment(submission.submitted_at)),
        (_("Call"), str(application.call.title)),
        (_("Project"), application.title),
        (_("Applicant"), application.organisation.name),
        (_("Sent by"), str(submission.submitted_by)),
    ]
    return rows + ([(_("Sending"), str(submission.number))] if submission.number > 1 else [])
