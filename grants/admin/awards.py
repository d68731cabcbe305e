"""Awards, and what an auditor asks of them: a sample that nobody can choose, the register of exceptions."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.admin import PolicyAdmin
from core.templatetags.words import money
from grants import policy
from grants.admin.award_work import urls_of, work_of
from grants.forms.audit import ExceptionsForm, SampleForm
from grants.formulas.sampling import sample
from grants.models import Application, Award
from grants.queries.exceptions import lines_of, register

ON_A_PAGE = 50


@admin.register(Award)
class AwardAdmin(PolicyAdmin):
    """Released decisions with money; nothing here is typed over."""

    may_see = staticmethod(policy.may_see_awards)
    list_display = ("number", "project", "sum", "status", "offered_at")
    list_filter = ("status", "application__call")
    search_fields = ("application__search_text",)
    list_select_related = ("application__organisation", "application__call")
    fields = ("number", "project", "sum", "status", "offered_at", "answer_due_at", "accepted_at", "accepted_by")
    readonly_fields = fields
    change_list_template = "admin/grants/award/change_list.html"
    change_form_template = "admin/grants/award/change_form.html"

    def get_queryset(self, request):
        """Those that the person may see."""
        return Award.objects.visible_to(request.user)

    @admin.display(description=gettext_lazy("number"), ordering="application__number")
    def number(self, award):
        """The application's."""
        return award.application.number

    @admin.display(description=gettext_lazy("project title"))
    def project(self, award):
        """Public with the award."""
        return award.application.title

    @admin.display(description=gettext_lazy("amount"), ordering="amount")
    def sum(self, award):
        """As people write it."""
        return money(award.amount, award.currency)

    def get_urls(self):
        """The two pages."""
        inside = self.admin_site.admin_view
        return [
            path("sample/", inside(require_safe(self.sample)), name="grants_award_sample"),
            path("exceptions/", inside(require_safe(self.exceptions)), name="grants_award_exceptions"),
            *urls_of(self),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """With the way to the contract above the facts."""
        context |= work_of(obj, request.user) if obj is not None else {}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changelist_view(self, request, extra_context=None):
        """With the ways to the register and the sample."""
        may = {"may_see_exceptions": policy.may_see_exceptions(request.user)}
        return super().changelist_view(request, {**may, **(extra_context or {})})

    def _page(self, request, name, title, **context):
        if not policy.may_see_exceptions(request.user):
            raise Http404
        common = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return render(request, f"admin/grants/award/{name}.html", {**common, **context})

    def exceptions(self, request):
        """Everything that left the usual way, the newest first."""
        form = ExceptionsForm(request.GET)
        asked = form.cleaned_data if form.is_valid() else {"kind": "", "call": None}
        found = register(request.user, kind=asked["kind"], call=asked["call"])
        page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
        filters = request.GET.copy()
        filters.pop("page", None)
        lines = lines_of(list(page.object_list))
        return self._page(
            request, "exceptions", _("Register of exceptions"),
            form=form, page=page, lines=lines, querystring=filters.urlencode(),
        )  # fmt: skip

    def sample(self, request):
        """Awards of a call drawn by a seed, with the ways to their files."""
        form = SampleForm(request.GET or None)
        drawn, total = [], 0
        if form.is_valid():
            rows = Award.objects.filter(application__call=form.cleaned_data["call"]).select_related("application")
            awards = {award.public_id: award for award in rows}
            keys, total = sample(form.cleaned_data["seed"], form.cleaned_data["n"], awards), len(awards)
            drawn = [awards[key] for key in keys]
        seen = Application.objects.visible_to(request.user).filter(pk__in=[award.application_id for award in drawn])
        may_open = set(seen.values_list("pk", flat=True)) if drawn else set()
        return self._page(
            request, "sample", _("Sample of awards"), form=form, drawn=drawn, total=total, may_open=may_open,
            may_export=policy.may_export_for_court(request.user),
        )  # fmt: skip
