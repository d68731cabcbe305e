"""Asking to be let into the organisation whose IIN or BIN one has typed, and answering that."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import AccessRequest, Membership, Organisation, User
from accounts.policy import may_answer_with_proof, may_manage_members
from accounts.queries.access import answer_to, holders
from accounts.statuses import AccessAnswer, MembershipRole
from core import clock
from core.audit import record
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from notifications.actions.announce import announce_each, announce_to
from notifications.models import Message

MOST_A_DAY = 5


@transaction.atomic
def ask_access(identifier: str, country: str, *, words: str, by: User, to_staff: bool = False) -> list[AccessRequest]:
    """Asks the owners of every organisation under this number; `to_staff`: officers decide, by proof.

    The same statements whether one or several organisations hold the number, so that nothing tells how many. What is
    asked already is not asked twice. Raises Refused where nobody else holds the number, and after MOST_A_DAY.
    """
    now = clock.now()
    found = list(holders(identifier, country, asker=by))
    if not found:
        raise Refused(
            _("Nobody else uses this number here. Add your organisation: nothing stands in the way."), code="not_here"
        )
    User.objects.select_for_update().get(pk=by.pk)  # the same press twice at once asks once
    _refuse_flood(by)
    waiting = AccessRequest.objects.open().filter(asked_by=by, organisation__in=found)
    asked = {row.organisation_id: row for row in waiting}
    if to_staff:
        waiting.update(to_staff=True, words=words, asked_at=now)
    fresh = AccessRequest.objects.bulk_create(
        AccessRequest(organisation=one, asked_by=by, asked_at=now, words=words, to_staff=to_staff)
        for one in found
        if one.pk not in asked
    )
    told = found if to_staff else [row.organisation for row in fresh]
    _tell_owners(told, key=f"{by.pk}:{now.timestamp():.0f}", to_staff=to_staff)
    record("access.ask", by, by=by, data={"organisations": sorted(o.public_id for o in found), "to_staff": to_staff})
    return [*asked.values(), *fresh]


def _refuse_flood(person: User) -> None:
    """Counted in the trail: one open request that is asked again and again is a letter to its owners each time too."""
    day = clock.now() - timedelta(days=1)
    asked = AuditEvent.objects.filter(object_type=person._meta.label_lower, object_id=person.public_id)
    if asked.filter(verb="access.ask", at__gt=day).count() >= MOST_A_DAY:
        raise Refused(
            _("You have asked several times today. Wait for the answers, or ask again tomorrow."), code="too_many"
        )


def _tell_owners(organisations: list[Organisation], *, key: str, to_staff: bool) -> None:
    """`access_asked` to each owner; who asks stands on the page behind the sign-in, not in the letter."""
    owning = Membership.objects.filter(
        organisation__in=organisations, role=MembershipRole.OWNER, user__is_active=True
    ).select_related("user", "organisation")
    letters = []
    for membership in owning:
        owner, organisation = membership.user, membership.organisation
        with translation.override(owner.language):
            path = reverse("accounts:organisation_members", args=[organisation.public_id])
        letters.append(
            Message(
                event="access_asked",
                user=owner,
                address=owner.email,
                language=owner.language,
                context={"organisation": organisation.name, "path": path, "to_staff": to_staff},
                dedupe_key=f"access_asked:{organisation.public_id}:{owner.pk}:{key}",
            )
        )
    announce_each(letters)


@transaction.atomic
def let_in(request: AccessRequest, *, role: str, by: User) -> Membership:
    """The asker becomes a member. Owners decide; with proof officers do, who make an owner of who has proved it.

    Raises NotAllowed, and Refused where somebody has answered already.
    """
    locked = _to_answer(request, by)
    membership, _made = Membership.objects.get_or_create(
        organisation=locked.organisation, user=locked.asked_by, defaults={"role": role}
    )
    _answer(locked, AccessAnswer.LET_IN, by)
    return membership


@transaction.atomic
def refuse_access(request: AccessRequest, *, by: User) -> None:
    """No; the asker learns it once all who were asked have refused. What goes to staff is refused by staff alone."""
    locked = _to_answer(request, by)
    if locked.to_staff and not may_answer_with_proof(by):
        raise NotAllowed(_("The officers decide about this request: it came with proof."), code="with_proof")
    _answer(locked, AccessAnswer.REFUSED, by)


def _to_answer(request: AccessRequest, by: User) -> AccessRequest:
    locked = lock(request, "organisation", "asked_by")
    is_staff = locked.to_staff and may_answer_with_proof(by)
    if by.pk == locked.asked_by_id or not (is_staff or may_manage_members(by, locked.organisation)):
        raise NotAllowed(_("Only an owner of the organisation may do this."), code="not_an_owner")
    if locked.answered_at:
        raise Refused(_("This request has been answered meanwhile. Nothing was changed."), code="answered")
    return locked


def _answer(request: AccessRequest, answer: AccessAnswer, by: User) -> None:
    request.answer, request.answered_at, request.answered_by = answer, clock.now(), by
    request.save(update_fields=["answer", "answered_at", "answered_by"])
    record(f"access.{answer}", request, by=by, data={"organisation": request.organisation.public_id})
    _tell_asker(request)


def _tell_asker(request: AccessRequest) -> None:
    """`access_answered`: yes or no, once for an asking, however many organisations were asked."""
    asker = request.asked_by
    answer = answer_to(list(AccessRequest.objects.filter(asked_by=asker, asked_at=request.asked_at)))
    if not answer:
        return
    with translation.override(asker.language):
        path = reverse("accounts:organisation_list")
    announce_to(
        asker,
        "access_answered",
        context={"is_yes": answer == AccessAnswer.LET_IN, "path": path},
        dedupe_key=f"access_answered:{asker.pk}:{request.asked_at.timestamp():.6f}:{answer}",
    )
