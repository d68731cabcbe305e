"""Projects of the portfolio."""

from django.contrib import admin
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import Sector
from core.admin import PolicyAdmin, PolicyInline, nobody
from core.form_page import form_page
from core.refusals import NotAllowed
from core.templatetags.words import long_date, money
from funds import policy
from funds.actions import portfolio
from funds.forms.portfolio import InvestmentForm, ProjectForm
from funds.models import Investment, Project


class InvestmentInline(PolicyInline):
    """What was approved; read here, recorded by its own page."""

    model = Investment
    fields = ("instrument", "approved_amount", "approved", "status", "page")
    readonly_fields = fields
    may_see = staticmethod(policy.may_see_portfolio)
    may_change = staticmethod(nobody)

    @admin.display(description=gettext_lazy("approved amount"))
    def approved_amount(self, row):
        """In the fund's currency."""
        return money(row.amount, row.currency)

    @admin.display(description=gettext_lazy("approved"))
    def approved(self, row):
        """The date in words."""
        return long_date(row.approved_on)

    @admin.display(description=gettext_lazy("payments"))
    def page(self, row):
        """To the investment's own page."""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:funds_investment_change", args=[row.pk]), pgettext("link", "Open")
        )


@admin.register(Project)
class ProjectAdmin(PolicyAdmin):
    """Texts and sector are edited here; a project, an investment and a payment are made by actions."""

    may_see = staticmethod(policy.may_see_portfolio)
    may_add = staticmethod(policy.may_edit_portfolio)
    may_change = staticmethod(policy.may_edit_portfolio)
    list_display = ("title", "organisation", "sector", "created_at", "is_example")
    list_filter = ("sector",)
    search_fields = ("title_kk", "title_ru", "title_en", "organisation__name", "organisation__identifier")
    list_select_related = ("organisation", "sector")
    ordering = ("-pk",)
    readonly_fields = ("fund", "organisation", "created_at")
    fields = (
        ("fund", "organisation"), "sector", "title_kk", "title_ru", "title_en",
        "summary_kk", "summary_ru", "summary_en", "is_example", "created_at",
    )  # fmt: skip
    inlines = (InvestmentInline,)
    change_form_template = "admin/funds/project_change.html"

    def get_urls(self):
        """The page that records an investment."""
        view = self.admin_site.admin_view(self.record_investment)
        return [path("<int:pk>/invest/", view, name="funds_project_invest"), *super().get_urls()]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Only sectors that a fund invests in."""
        if db_field.name == "sector":
            kwargs["queryset"] = Sector.objects.filter(funds__isnull=False).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def add_view(self, request, form_url="", extra_context=None):
        """A new project, by the action."""
        if not self.has_add_permission(request):
            raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")
        return form_page(
            request,
            self,
            form := ProjectForm(request.POST or None),
            title=_("A new project of the portfolio"),
            button=_("Add the project"),
            back=reverse("admin:funds_project_changelist") + "{result.pk}/change/",
            act=lambda typed: portfolio.add_project(
                typed["fund"],
                organisation=typed["organisation"],
                sector=typed["sector"],
                texts=form.texts(),
                by=request.user,
            ),
            done=_("The project was added. Record what was approved for it."),
        )

    def record_investment(self, request, pk):
        """What was approved for this project, by the action."""
        project = get_object_or_404(Project.objects.visible_to(request.user).select_related("fund"), pk=pk)
        return form_page(
            request,
            self,
            InvestmentForm(request.POST or None),
            title=_("Record an approved investment"),
            button=_("Record the investment"),
            back=reverse("admin:funds_project_change", args=[pk]),
            act=lambda typed: portfolio.record_investment(project, **typed, by=request.user),
            done=_("The investment was recorded. Book a payment when the bank has carried it out."),
            facts=[(_("Project"), project.title), (_("Fund"), project.fund.name)],
        )
