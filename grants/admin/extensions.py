"""More time: the list of what was given, and the two pages on which an administrator gives it."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.models import Approval
from accounts.statuses import ApprovalKind
from core.admin import PolicyAdmin
from core.form_page import form_page
from core.refusals import NotAllowed, Refused
from core.templatetags.words import moment
from grants import policy
from grants.actions.extensions import extend_application, extend_call, propose_extension
from grants.actions.proposals import turn_down_proposal
from grants.admin import second_persons
from grants.forms.extension import ExtensionForm, SingleExtensionForm
from grants.models import Application, Extension


@admin.register(Extension)
class ExtensionAdmin(PolicyAdmin):
    """Append-only: a wrong one is followed by a later one. Who screens reads, an administrator gives."""

    may_see = staticmethod(policy.may_see_extensions)
    list_display = ("of_call", "whose", "before", "now", "given_by", "granted_at")
    list_filter = ("call",)
    list_select_related = ("call", "application", "granted_by")
    fields = ("call", "whose", "before", "now", "reason_kk", "reason_ru", "given_by", "granted_at")
    readonly_fields = fields
    change_list_template = "admin/grants/extension/change_list.html"

    @admin.display(description=gettext_lazy("call"), ordering="call")
    def of_call(self, extension):
        """Its title, which wraps on a phone."""
        return extension.call.title

    @admin.display(description=gettext_lazy("for whom"))
    def whose(self, extension):
        """Everybody, or one application by its number or code; drafts have no title here."""
        application = extension.application
        return (application.number or application.public_id) if application else _("everybody")

    @admin.display(description=gettext_lazy("closing before"), ordering="closed_at")
    def before(self, extension):
        """In Almaty's time."""
        return moment(extension.closed_at)

    @admin.display(description=gettext_lazy("closing now"), ordering="closes_at")
    def now(self, extension):
        """In Almaty's time."""
        return moment(extension.closes_at)

    @admin.display(description=gettext_lazy("given by"))
    def given_by(self, extension):
        """The administrator."""
        return extension.granted_by

    def get_urls(self):
        """The two pages."""
        pages = [("call", self.for_everybody), ("single", self.for_one)]
        made = [path(f"{n}/", self.admin_site.admin_view(view), name=f"grants_extension_{n}") for n, view in pages]
        made += [
            path(f"{n}/<str:public_id>/", self.admin_site.admin_view(require_POST(view)), name=f"grants_extension_{n}")
            for n, view in (("confirm", self.confirm), ("turn_down", self.turn_down))
        ]
        return made + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        """Says whether this person may give more time."""
        person = request.user
        context = {"may_extend": policy.may_extend(person), "waiting": _waiting(person)}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def confirm(self, request, public_id):
        """The second administrator gives the time."""
        done = _("The application has more time. The page of the call counts it; the applicant got a letter.")
        return self._settle(request, public_id, extend_application, done)

    def turn_down(self, request, public_id):
        """Nothing is given."""
        how = {"kind": ApprovalKind.EXTEND_ONE}
        return self._settle(request, public_id, turn_down_proposal, _("The proposal is turned down."), **how)

    def _settle(self, request, public_id, action, done, **how):
        try:
            action(get_object_or_404(Application, public_id=public_id), by=request.user, **how)
        except NotAllowed:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal.sentence))
        else:
            messages.success(request, done)
        return HttpResponseRedirect(reverse("admin:grants_extension_changelist"))

    def for_everybody(self, request):
        """Moves a call's closing; the reason stands on its page."""
        return self._give(
            request,
            ExtensionForm,
            title=_("More time for everybody"),
            button=_("Move the closing"),
            done=_("The call closes later. Its page says why, and who has a draft got a letter."),
            act=lambda typed: extend_call(typed.pop("call"), by=request.user, **typed),
        )

    def for_one(self, request):
        """Proposes a closing time of its own for one draft; another administrator confirms it."""
        return self._give(
            request,
            SingleExtensionForm,
            title=_("More time for one application"),
            button=_("Propose more time"),
            done=_("Proposed. Another administrator who does not screen confirms it."),
            act=lambda typed: propose_extension(typed.pop("application"), by=request.user, **typed),
        )

    def _give(self, request, form, **words):
        if not policy.may_extend(request.user):
            raise NotAllowed(_("Only an administrator who does not screen gives more time."), code="not_allowed")
        bound = form(request.POST if request.method == "POST" else None)
        return form_page(request, self, bound, back=reverse("admin:grants_extension_changelist"), **words)


def _waiting(person):
    """Proposed single extensions, each with the application's number or code."""
    rows = Approval.objects.waiting().filter(kind=ApprovalKind.EXTEND_ONE).select_related("proposed_by")
    named = Application.objects.only("number", "public_id").in_bulk([row.object_id for row in rows])
    found = []
    for row in rows:
        application = named[row.object_id]
        urls = tuple(
            reverse(f"admin:grants_extension_{step}", args=[application.public_id]) for step in ("confirm", "turn_down")
        )
        one = second_persons.shown(
            row, person, may_confirm=policy.may_extend(person), urls=urls, words=_("Give more time")
        )
        one["facts"] = [(_("Application"), application.number or application.public_id), *one["facts"]]
        found.append(one)
    return found
