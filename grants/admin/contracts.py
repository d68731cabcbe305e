"""What contracts are made from: templates with checked placeholders, who signs for the centre."""

from django.contrib import admin, messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.admin import PolicyAdmin, PolicyInline, badge
from core.refusals import NotAllowed, Refused
from documents.serve import IN_PLACE_CSP
from grants import policy
from grants.actions.contract_templates import copy_template, make_usual_template, publish_template
from grants.forms.contract_admin import ParagraphForm
from grants.models import ContractParagraph, ContractTemplate, Signatory
from grants.queries.contract_content import contract_pdf
from grants.queries.contract_templates import example_of, template_faults
from grants.statuses import Placeholder


class ParagraphInline(PolicyInline):
    """Paragraphs in their order, Kazakh and Russian side by side."""

    model = ContractParagraph
    form = ParagraphForm
    template = "admin/edit_inline/stacked.html"
    may_see = staticmethod(policy.may_see_templates)
    may_change = staticmethod(policy.may_edit_templates)

    fieldsets = (
        (None, {"fields": (("position", "kind"),), "classes": ("three",)}),
        (None, {"fields": (("text_kk", "text_ru"),), "classes": ("three",)}),
    )


@admin.register(ContractTemplate)
class ContractTemplateAdmin(PolicyAdmin):
    """A draft is edited; what is published is read, and changed by a copy."""

    may_see = staticmethod(policy.may_see_templates)
    may_add = staticmethod(policy.may_edit_templates)
    may_change = staticmethod(policy.may_edit_templates)
    inlines = (ParagraphInline,)
    list_display = ("title", "kind", "state", "published_at", "is_example")
    list_filter = ("kind",)
    fields = ("kind", "title", "is_example", "published_at", "published_by")
    readonly_fields = ("published_at", "published_by")
    change_form_template = "admin/grants/contracttemplate/change_form.html"
    change_list_template = "admin/grants/contracttemplate/change_list.html"

    @admin.display(description=gettext_lazy("status"))
    def state(self, template):
        """A draft, or published."""
        return badge(_("Published"), "good") if template.published_at else badge(_("Draft"), "neutral")

    def has_change_permission(self, request, obj=None):
        """What is published stays as it is."""
        return (obj is None or obj.published_at is None) and super().has_change_permission(request, obj)

    def get_urls(self):
        """The buttons, and the preview."""
        inside = self.admin_site.admin_view
        return [
            path("usual/", inside(require_POST(self.usual)), name="grants_contracttemplate_usual"),
            path("<int:pk>/publish/", inside(require_POST(self.publish)), name="grants_contracttemplate_publish"),
            path("<int:pk>/copy/", inside(require_POST(self.copy)), name="grants_contracttemplate_copy"),
            path("<int:pk>/preview/", inside(require_safe(self.preview)), name="grants_contracttemplate_preview"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        """With the button for the usual text."""
        may = {"may_write": policy.may_edit_templates(request.user)}
        return super().changelist_view(request, {**may, **(extra_context or {})})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The buttons, what is wrong, and the list of placeholders above the form."""
        if obj is not None:
            is_draft = obj.published_at is None
            context |= {
                "is_draft": is_draft,
                "may_write": policy.may_edit_templates(request.user),
                "faults": template_faults(obj) if is_draft else [],
                "placeholders": [(f"{{{one.value}}}", one.label) for one in Placeholder],
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _template(self, request, pk):
        if not policy.may_see_templates(request.user):
            raise NotAllowed(_("Only an officer or an administrator writes templates."), code="not_allowed")
        return get_object_or_404(ContractTemplate, pk=pk)

    def usual(self, request):
        """A draft with the usual text."""
        made = make_usual_template(by=request.user)
        messages.success(request, _("A draft with the usual text is made. A lawyer reads it before it is published."))
        return redirect("admin:grants_contracttemplate_change", made.pk)

    def publish(self, request, pk):
        """Freezes it; contracts are made from it from now on."""
        template = self._template(request, pk)
        try:
            publish_template(template, by=request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            for sentence in (refusal.sentence, *refusal.items):
                messages.error(request, str(sentence))
        else:
            messages.success(request, _("The template is published. It never changes now; a change is a copy."))
        return redirect("admin:grants_contracttemplate_change", pk)

    def copy(self, request, pk):
        """A draft of the same text."""
        made = copy_template(self._template(request, pk), by=request.user)
        messages.success(request, _("A draft with the same text is made."))
        return redirect("admin:grants_contracttemplate_change", made.pk)

    def preview(self, request, pk):
        """The PDF with invented data; braces that name nothing stay as they are typed."""
        headers = {"Content-Security-Policy": IN_PLACE_CSP, "Content-Disposition": 'inline; filename="preview.pdf"'}
        made = contract_pdf(example_of(self._template(request, pk)))
        return HttpResponse(made, content_type="application/pdf", headers=headers)


@admin.register(Signatory)
class SignatoryAdmin(PolicyAdmin):
    """Who signs for Almaty Creative, from when until when, on what basis."""

    may_see = staticmethod(policy.may_see_templates)
    may_add = staticmethod(policy.may_edit_templates)
    may_change = staticmethod(policy.may_edit_templates)
    list_display = ("name", "position", "since", "until", "is_example")
    fieldsets = (
        (None, {"fields": (("name", "user"),), "classes": ("three",)}),
        (None, {"fields": (("position_kk", "position_ru"),), "classes": ("three",)}),
        (None, {"fields": (("basis_kk", "basis_ru"),), "classes": ("three",)}),
        (None, {"fields": (("order", "since", "until"), "is_example"), "classes": ("three",)}),
    )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Accounts of staff alone."""
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(is_active=True, groups__isnull=False).distinct().order_by("email")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
