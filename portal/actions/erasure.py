"""Erasing a person's data: at once what nobody has to keep, with a log of counts; on request, or by the clock."""

from typing import Any

from django.db import transaction

from accounts.actions.consents import withdraw_all
from accounts.actions.erasure import anonymise_person, erase_bank_account, erase_organisation
from accounts.models import Erasure, Organisation, User
from core.audit import record
from core.refusals import Refused
from documents.actions.erasure import erase_document, forget_partial_uploads
from documents.models import Document, VaultEntry
from grants.actions.erasure import erase_draft, forget_words_of
from notifications.actions.forget import forget_messages_of
from portal.queries.erasure import Plan, plan_of


@transaction.atomic
def erase_person(user: User, *, by: Any) -> Erasure:
    """Erases what `plan_of` says and logs counts. `by` is the person, or None for the clock.

    Drafts, uploads, letters' words, memberships, the account's facts; consents are withdrawn. Sent applications stay
    until their years are over. Raises Refused where a hold, a role or a last ownership stands in the way.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    # Two owners who leave at once wait for each other: the second one is the last.
    list(Organisation.objects.select_for_update(of=("self",)).filter(memberships__user=locked).order_by("pk"))
    plan = plan_of(locked)
    if plan.obstacles:
        raise Refused(" ".join(plan.obstacles), code="obstacle")
    counts = {"consents": withdraw_all(by=locked), "drafts": len(plan.drafts), "letters": 0}
    for draft in plan.drafts:
        erase_draft(draft, by=by)
    counts["documents"] = _erase_documents(plan, by)
    counts["questions"] = forget_words_of(locked) + forget_partial_uploads(locked)
    for account in plan.bank_accounts:
        erase_bank_account(account, by=by)
    counts["bank_accounts"] = len(plan.bank_accounts)
    for organisation in plan.organisations:
        _erase(organisation, by)
    counts["organisations"] = len(plan.organisations)
    counts["memberships"] = plan.memberships
    counts["letters"] = forget_messages_of(locked)
    anonymise_person(locked)
    record("user.erase", locked, by=by, data=counts)
    kept = {"applications": len(plan.kept) - 1}
    if plan.signatures:
        kept = {"applications": len(plan.kept) - 2, "signatures": plan.signatures}
    return Erasure.objects.create(about=locked.public_id, erased=counts, kept=kept, by=by and locked)


def _erase_documents(plan: Plan, by: Any) -> int:
    VaultEntry.objects.filter(document__in=plan.documents).delete()
    return sum(erase_document(row, by=by) for row in Document.objects.filter(pk__in=plan.documents))


def _erase(organisation: Organisation, by: Any) -> None:
    VaultEntry.objects.filter(organisation=organisation).delete()
    erase_organisation(organisation)
    record("organisation.erase", organisation, by=by)
