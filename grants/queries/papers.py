"""Which stored documents applications hold, and which applications hold them: papers, files in answers, guardians'
consents, snapshots; and of their awards winners' papers, contracts with their inputs, signed scans.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from grants.models import Appeal, ApplicationDocument, AwardPaper, Contract, GuardianConsent, Submission
from questionnaires.models import AnswerFile

# Columns of a contract that name a stored file.
CONTRACT_FILES = ("document", "inputs", "grantee_scan", "centre_scan")


def papers_held_by(applications: Any) -> set[int]:
    """Keys of the documents of these applications (keys, or a query of keys). Seven queries."""
    of_these = {"application__in": applications}
    return {
        *ApplicationDocument.objects.filter(**of_these).values_list("document", flat=True),
        *AnswerFile.objects.filter(set__application__in=applications).values_list("document", flat=True),
        *GuardianConsent.objects.filter(document__isnull=False, **of_these).values_list("document", flat=True),
        *Submission.objects.filter(**of_these).values_list("snapshot", flat=True),
        *Appeal.objects.filter(document__isnull=False, **of_these).values_list("document", flat=True),
        *AwardPaper.objects.filter(award__application__in=applications).values_list("document", flat=True),
        *(
            key
            for row in Contract.objects.filter(award__application__in=applications).values_list(*CONTRACT_FILES)
            for key in row
            if key is not None
        ),
    }


def applications_holding(documents: Any) -> Q:
    """Applications that hold one of these documents (a query), as their paper, answer, consent or snapshot."""
    held = {"document__in": documents}
    return (
        Q(pk__in=ApplicationDocument.objects.filter(**held).values("application"))
        | Q(answer_set__in=AnswerFile.objects.filter(**held).values("set"))
        | Q(pk__in=GuardianConsent.objects.filter(**held).values("application"))
        | Q(pk__in=Submission.objects.filter(snapshot__in=documents).values("application"))
        | Q(pk__in=Appeal.objects.filter(**held).values("application"))
        | Q(pk__in=AwardPaper.objects.filter(**held).values("award__application"))
        | Q(pk__in=Contract.objects.filter(contract_files_in(documents)).values("award__application"))
    )


def contract_files_in(documents: Any) -> Q:
    """Contracts one of whose files is among these."""
    found = Q()
    for name in CONTRACT_FILES:
        found |= Q(**{f"{name}__in": documents})
    return found


def held_elsewhere(documents: Collection[int], applications: Collection[int]) -> set[int]:
    """Which of these documents an application other than these holds. Six queries; a contract's files are its own."""
    held = {"document__in": documents}
    of_others = Q(set__application=None) | ~Q(set__application__in=applications)
    rows = [
        ApplicationDocument.objects.filter(**held).exclude(application__in=applications).values_list("document"),
        AnswerFile.objects.filter(of_others, **held).values_list("document"),
        GuardianConsent.objects.filter(**held).exclude(application__in=applications).values_list("document"),
        Submission.objects.filter(snapshot__in=documents).exclude(application__in=applications).values_list("snapshot"),
        Appeal.objects.filter(**held).exclude(application__in=applications).values_list("document"),
        AwardPaper.objects.filter(**held).exclude(award__application__in=applications).values_list("document"),
    ]
    return {key for found in rows for (key,) in found}
