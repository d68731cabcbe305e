"""More time: the list of what was given, and the two pages on which an administrator gives it."""

from django.contrib import admin
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import PolicyAdmin
from core.form_page import form_page
from core.refusals import NotAllowed
from core.templatetags.words import moment
from grants import policy
from grants.actions.extensions import extend_application, extend_call
from grants.forms.extension import ExtensionForm, SingleExtensionForm
from grants.models import Extension


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
        return made + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        """Says whether this person may give more time."""
        may_extend = policy.may_extend(request.user)
        return super().changelist_view(request, {"may_extend": may_extend, **(extra_context or {})})

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
        """Gives one draft a closing time of its own."""
        return self._give(
            request,
            SingleExtensionForm,
            title=_("More time for one application"),
            button=_("Give more time"),
            done=_("The application has more time. The page of the call counts it; the applicant got a letter."),
            act=lambda typed: extend_application(typed.pop("application"), by=request.user, **typed),
        )

    def _give(self, request, form, **words):
        if not policy.may_extend(request.user):
            raise NotAllowed(_("Only an administrator who does not screen gives more time."), code="not_allowed")
        bound = form(request.POST if request.method == "POST" else None)
        return form_page(request, self, bound, back=reverse("admin:grants_extension_changelist"), **words)
