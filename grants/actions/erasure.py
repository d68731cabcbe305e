"""Erasing what applications hold about people: drafts wholly, sent ones once their years are over.

Steps of `portal.actions.erasure` and `portal.actions.retention`, which check holds and rules and write the log.
"""

from typing import Any

from django.db.models import Q

from core.audit import record
from documents.actions.erasure import erase_document
from documents.models import Document, VaultEntry
from grants.models import (
    Application,
    AwardPaper,
    CallQuestion,
    Contract,
    ExpertInvitation,
    HelpRequest,
    PlanLine,
    PlanMilestone,
    PlanVersion,
)
from grants.queries.papers import held_elsewhere, papers_held_by
from grants.statuses import ERASED
from questionnaires.models import Answer


def erase_draft(application: Application, *, by: Any) -> set[int]:
    """Deletes an application that was never sent; returns the keys of its papers, which its caller erases.

    Where an extension names it (append-only), the row stays, emptied.
    """
    papers = papers_held_by([application.pk])
    record("application.erase", application, by=by, data={"papers": len(papers)})
    if application.extensions.exists():
        _empty(application)
        return papers
    answers = application.answer_set
    application.delete()
    answers.delete()
    return papers


def empty_application(application: Application, *, by: Any) -> int:
    """What a sent application says is erased: number, sums, dates and decisions stay. Returns how many papers went.

    A paper that another application or a living vault holds stays for it.
    """
    papers = papers_held_by([application.pk])
    record("application.erase", application, by=by, data={"papers": len(papers)})
    _empty(application)
    vaults = VaultEntry.objects.filter(document__in=papers)
    vaults.filter(organisation__memberships=None).delete()
    free = papers - held_elsewhere(papers, [application.pk]) - set(vaults.values_list("document", flat=True))
    return sum(erase_document(row, by=by) for row in Document.objects.filter(pk__in=free))


def _empty(application: Application) -> None:
    application.title = application.summary = application.search_text = ""
    application.fact_revs = {}
    application.save(update_fields=["title", "summary", "search_text", "fact_revs"])
    application.answer_set.answers.all().delete()
    application.answer_set.files.all().delete()
    application.budget_lines.all().delete()
    application.milestones.all().delete()
    application.help_requests.all().delete()
    application.translations.all().delete()
    application.guardian_consents.all().delete()
    application.corrections.update(before={})
    application.appeals.update(text=ERASED)
    application.checks.update(evidence="")
    _empty_awards(application)


def _empty_awards(application: Application) -> None:
    """Words of plans, papers and contracts; sums, days and hashes stay."""
    of_this = {"award__application": application}
    PlanVersion.objects.filter(**of_this).update(reason="", returned_kk="", returned_ru="")
    PlanLine.objects.filter(plan__award__application=application).update(item=ERASED, supplier_identifier="")
    PlanMilestone.objects.filter(plan__award__application=application).update(title=ERASED, proof="")
    AwardPaper.objects.filter(**of_this).update(returned_kk="", returned_ru="")
    Contract.objects.filter(**of_this).update(void_reason="")


def forget_words_of(user: Any) -> int:
    """Questions that a person typed: for help, and about calls (what was published stays, without its asker); what
    they answered when they offered to read as an expert, and the address that they were invited at.
    """
    offered = Answer.objects.filter(set__expert_candidate__user=user).delete()[0]
    ExpertInvitation.objects.filter(Q(used_by=user) | Q(email__iexact=user.email)).update(email="")
    helped = HelpRequest.objects.filter(asked_by=user).update(text="", answer="")
    asked = CallQuestion.objects.filter(asked_by=user)
    asked.filter(published_at=None).delete()
    reworded = asked.exclude(question_kk="", question_ru="", question_en="")
    reworded.update(text="")
    return offered + helped + asked.update(asked_by=None)
