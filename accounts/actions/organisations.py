"""Making an organisation and changing its facts."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation, User
from accounts.policy import may_write_for
from accounts.statuses import IDENTIFIED_BY_IIN, Country, MembershipRole
from core.audit import record
from core.refusals import NotAllowed
from core.workflow import lock


@transaction.atomic
def create_organisation(*, by: User, **facts: Any) -> Organisation:
    """Makes an organisation whose owner is `by`; `facts` are its columns. The trail holds no names and no IIN."""
    organisation = Organisation.objects.create(**with_head(facts, by))
    Membership.objects.create(organisation=organisation, user=by, role=MembershipRole.OWNER)
    record("organisation.create", organisation, by=by, data={"kind": organisation.kind})
    return organisation


@transaction.atomic
def change_organisation(organisation: Organisation, *, by: User, **facts: Any) -> Organisation:
    """Writes the facts that differ. Raises NotAllowed unless `by` is an owner or an editor."""
    locked = lock(organisation)
    if not may_write_for(by, locked):
        raise NotAllowed(_("Only an owner or an editor may change this organisation."))
    facts = with_head(facts, by)
    changed = [name for name, value in facts.items() if getattr(locked, name) != value]
    for name in changed:
        setattr(locked, name, facts[name])
    if changed:
        locked.save(update_fields=changed)
        record("organisation.change", locked, by=by, data={"changed": changed})
    return locked


@transaction.atomic
def note_reading(organisation: Organisation, *, by: User) -> None:
    """Staff opened the organisation's page, which shows personal data: the trail says so."""
    record("organisation.read", organisation, by=by)


def with_head(facts: dict[str, Any], person: User) -> dict[str, Any]:
    """A natural person is their own head: they are not asked twice for their name and IIN."""
    if facts.get("kind") not in IDENTIFIED_BY_IIN:
        return facts
    iin = facts["identifier"] if facts.get("country", Country.KZ) == Country.KZ else ""
    return {**facts, "head_name": person.display_name or facts["name"], "head_iin": iin}
