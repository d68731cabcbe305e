"""Writing together: members, invitations and requests of one organisation."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import parking
from accounts.actions.access import let_in, refuse_access
from accounts.actions.invitations import invite, take_back_invitation
from accounts.actions.members import change_member_role, remove_member
from accounts.forms.members import AccessAnswerForm, InvitationForm, RoleForm
from accounts.models import AccessRequest, Invitation, Membership, Organisation
from accounts.policy import may_manage_members
from accounts.queries.members import together
from accounts.statuses import AccessAnswer, MembershipRole
from core.refusals import NotAllowed, Refused


def organisation_or_404(request: HttpRequest, public_id: str) -> Organisation:
    """One of which the person is a member."""
    return get_object_or_404(Organisation.objects.visible_to(request.user), public_id=public_id)


def organisation_members(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who writes together. An owner invites here; the new link stands on this one answer and nowhere else."""
    organisation = organisation_or_404(request, public_id)
    is_owner = may_manage_members(request.user, organisation)
    if request.method == "POST" and not is_owner:
        raise NotAllowed(_("Only an owner of the organisation may do this."), code="not_an_owner")
    parked = parking.take(request) if request.method == "GET" else None
    form = InvitationForm(parked[0] if parked else request.POST or None, inviter=request.user)
    made = _invite(request, organisation, form) if request.method == "POST" and form.is_valid() else None
    context = {
        "organisation": organisation,
        "is_owner": is_owner,
        "form": InvitationForm(inviter=request.user) if made else form,
        "parked": parked,
        "made": made,
        "role_choices": MembershipRole.choices,
        **vars(together(organisation, is_owner=is_owner)),
    }
    return render(request, "accounts/organisation_members.html", context)


def _invite(request: HttpRequest, organisation: Organisation, form: InvitationForm) -> dict[str, str] | None:
    """The new link with where it went; a refusal stands beside the form."""
    try:
        invitation, path = invite(organisation, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error("role", str(refused.sentence))
        return None
    return {"link": f"{settings.SITE_URL}{path}", "email": invitation.email}


def member_edit(request: HttpRequest, public_id: str, member: str) -> HttpResponse:
    """One member: another role, or out; a member who is no owner may leave here."""
    organisation = organisation_or_404(request, public_id)
    rows = organisation.memberships.select_related("user", "organisation")
    membership = get_object_or_404(rows, user__public_id=member)
    is_owner, is_self = may_manage_members(request.user, organisation), membership.user_id == request.user.pk
    if not (is_owner or is_self):
        raise NotAllowed(_("Only an owner of the organisation may do this."), code="not_an_owner")
    form = RoleForm(request.POST if request.POST.get("role") else None, initial={"role": membership.role})
    refused = None
    if request.method == "POST":
        try:
            if _changed(request, membership, form):
                return redirect(*_where(organisation, is_self))
        except NotAllowed:
            raise
        except Refused as error:
            refused = error
    context = {"organisation": organisation, "membership": membership, "form": form, "refused": refused}
    context |= {"is_owner": is_owner, "is_self": is_self}
    return render(request, "accounts/member_edit.html", context, status=409 if refused else 200)


def _changed(request: HttpRequest, membership: Membership, form: RoleForm) -> bool:
    """Does what was pressed; says whether anything was."""
    if request.POST.get("then") == "remove":
        remove_member(membership, by=request.user)
        messages.success(request, _("The membership has ended."))
        return True
    if form.is_valid():
        change_member_role(membership, form.cleaned_data["role"], by=request.user)
        messages.success(request, _("The changes were saved."))
        return True
    return False


def _where(organisation: Organisation, is_self: bool) -> tuple[str, ...]:
    """To the members; who has left or stepped down goes to the list, which is open in any case."""
    return ("accounts:organisation_list",) if is_self else ("accounts:organisation_members", organisation.public_id)


@require_POST
def invitation_take_back(request: HttpRequest, public_id: str, invitation: str) -> HttpResponse:
    """The link opens nothing any more."""
    row = get_object_or_404(Invitation.objects.visible_to(request.user), public_id=invitation)
    take_back_invitation(row, by=request.user)
    messages.success(request, _("The invitation was taken back. Its link opens nothing now."))
    return redirect("accounts:organisation_members", public_id)


@require_POST
def access_answer(request: HttpRequest, public_id: str, asked: str) -> HttpResponse:
    """An owner lets in or refuses who asks."""
    owned = Organisation.objects.visible_to(request.user).filter(public_id=public_id)
    rows = AccessRequest.objects.visible_to(request.user).filter(organisation__in=owned)
    row = get_object_or_404(rows, public_id=asked)
    form = AccessAnswerForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Choose yes or no. Nothing was changed."), code="no_answer")
    if form.cleaned_data["answer"] == AccessAnswer.LET_IN:
        let_in(row, role=form.cleaned_data["role"] or MembershipRole.EDITOR, by=request.user)
        messages.success(request, _("Let in. The person gets a letter."))
    else:
        refuse_access(row, by=request.user)
        messages.success(request, _("Refused. The person learns no more than that."))
    return redirect("accounts:organisation_members", public_id)
