"""Papers that only winners owe: uploaded by the grantee, found in order or returned by an officer."""

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from documents.actions import vault
from documents.actions.store import atomic_with_files, store_upload
from documents.models import Document, VaultEntry
from grants import policy
from grants.actions.letters import tell_owners
from grants.models import Award, AwardPaper, DocumentRequirement
from grants.queries.award_papers import asked_of_winner
from grants.statuses import AWARDS_IN_FORCE, AwardStatus


@atomic_with_files()
def add_paper(award: Award, requirement: DocumentRequirement, upload: File, *, by: Any) -> AwardPaper:
    """Checks and stores a file, keeps it in the organisation's vault; the paper that was here is replaced.

    Raises NotAllowed for who does not write for the organisation, Refused for what the call does not ask of winners, a
    file that we do not take, and an award that is over.
    """
    award = _lock_for_papers(award, requirement, by)
    document = store_upload(upload, by=by)
    vault.keep(award.application.organisation, document, kind=requirement.key, valid_days=requirement.valid_days)
    return _hang(award, requirement, document, by)


@transaction.atomic
def use_paper_from_vault(award: Award, requirement: DocumentRequirement, entry: VaultEntry, *, by: Any) -> AwardPaper:
    """The same document of the vault, not a copy. Raises what `add_paper` does, Refused where it is not valid now."""
    award = _lock_for_papers(award, requirement, by)
    offered = VaultEntry.objects.still_valid().filter(organisation=award.application.organisation, kind=requirement.key)
    if not offered.filter(pk=entry.pk).exists():
        raise Refused(_("This document of the vault is no longer valid. Upload a new one."), code="not_valid")
    return _hang(award, requirement, entry.document, by)


@transaction.atomic
def accept_paper(paper: AwardPaper, *, by: Any) -> AwardPaper:
    """An officer finds it in order. Twice is once. Raises NotAllowed, Refused where it was replaced meanwhile."""
    paper = _lock_for_officer(paper, by)
    if paper.accepted_at is None:
        paper.accepted_at, paper.accepted_by, paper.returned_kk, paper.returned_ru = clock.now(), by, "", ""
        paper.save(update_fields=["accepted_at", "accepted_by", "returned_kk", "returned_ru"])
        record("award_paper.accept", paper, by=by, data=_about(paper))
    return paper


@transaction.atomic
def return_paper(paper: AwardPaper, *, words_kk: str, words_ru: str, by: Any) -> AwardPaper:
    """An officer says what is wrong; the grantee uploads another. Raises NotAllowed, Refused without words in both."""
    paper = _lock_for_officer(paper, by)
    if paper.accepted_at is not None:
        raise Refused(_("This paper was found in order already. Reload the page."), code="wrong_state")
    if not words_kk.strip() or not words_ru.strip():
        raise Refused(_("Say what to change in Kazakh and in Russian. Nothing was changed."), code="no_words")
    paper.returned_kk, paper.returned_ru = words_kk.strip(), words_ru.strip()
    paper.save(update_fields=["returned_kk", "returned_ru"])
    record("award_paper.return", paper, by=by, data=_about(paper))
    tell_owners(
        paper.award.application,
        "paper_returned",
        key=f"paper_returned:{paper.public_id}",
        context=lambda: {"paper": str(paper.requirement.title), "words_kk": words_kk, "words_ru": words_ru},
    )
    return paper


def _lock_for_papers(award: Award, requirement: DocumentRequirement, by: Any) -> Award:
    award = lock(award, "application__organisation", "application__call")
    if not policy.may_plan_award(by, award):
        raise NotAllowed(_("Only an owner or an editor of the organisation may change this."), code="not_allowed")
    is_won = award.status == AwardStatus.OFFERED and award.accepted_at is not None
    if not is_won and award.status not in AWARDS_IN_FORCE:
        raise Refused(_("This award takes no papers now. Nothing was written down."), code="wrong_state")
    if requirement.pk not in {asked.pk for asked in asked_of_winner(award)}:
        raise Refused(_("This document is not asked for now. Nothing else was lost."), code="not_asked")
    return award


def _hang(award: Award, requirement: DocumentRequirement, document: Document, by: Any) -> AwardPaper:
    AwardPaper.objects.live().filter(award=award, requirement=requirement).update(replaced_at=clock.now())
    paper = AwardPaper.objects.create(award=award, requirement=requirement, document=document, added_by=by)
    record("award_paper.add", paper, by=by, data=_about(paper))
    return paper


def _lock_for_officer(paper: AwardPaper, by: Any) -> AwardPaper:
    if not policy.may_agree_plan(by):
        raise NotAllowed(_("Only an officer looks through winners' papers."), code="not_an_officer")
    paper = lock(paper, "award__application__call", "document", "requirement")
    if paper.replaced_at is not None:
        raise Refused(_("The grantee has sent another paper meanwhile. Reload the page."), code="replaced")
    return paper


def _about(paper: AwardPaper) -> dict[str, Any]:
    return {"award": paper.award.public_id, "for": paper.requirement.key, "sha256": paper.document.sha256}
