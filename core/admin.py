"""The base of every admin page: permissions come from `policy.py`, changes are audited, nothing is deleted by hand."""

from functools import lru_cache
from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from core.audit import record
from core.forms import MoneyInput
from core.money import MoneyField
from core.text import LANGUAGES

# Django's admin gives whole-number columns a number input, which takes no «500 000 000».
AS_PEOPLE_TYPE: dict[type[models.Field], dict[str, Any]] = {MoneyField: {"widget": MoneyInput.widget}}


def nobody(user: Any) -> bool:
    """The rule for what staff never do by hand."""
    return False


def badge(label: Any, tone: str = "", shape: str = "") -> SafeString:
    """A status in a table of the admin: a shape and a word (templates/components/status.html)."""
    return _badge(str(label), tone, shape)


@lru_cache(maxsize=512, typed=True)
def _badge(label: str, tone: str, shape: str) -> SafeString:
    """Drawn once: a list has the same few on each row. `typed`: a text that is safe as it stands is another key."""
    return render_to_string("components/status.html", {"label": label, "tone": tone, "shape": shape})


def in_its_language(field: Any, name: str) -> Any:
    """Tells the browser which language is typed into `title_kk`, for its spelling and for screen readers."""
    language = name.rpartition("_")[2]
    if field is not None and language in LANGUAGES:
        field.widget.attrs["lang"] = language
    return field


class PolicyAdmin(admin.ModelAdmin):
    """A ModelAdmin whose `has_*_permission` ask rules of `policy.py`; `may_see` alone gives a read-only page.

    Adding and changing by a form writes an AuditEvent in the same transaction (field names, never values).
    """

    may_see: ClassVar[Any] = nobody
    may_add: ClassVar[Any] = nobody
    may_change: ClassVar[Any] = nobody
    may_delete: ClassVar[Any] = nobody
    formfield_overrides = AS_PEOPLE_TYPE
    list_per_page = 50
    show_full_result_count = False
    actions_on_top = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return type(self).may_see(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return type(self).may_see(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return type(self).may_add(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return type(self).may_change(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return type(self).may_delete(request.user)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, models.URLField):
            kwargs.setdefault("assume_scheme", "https")
        return in_its_language(super().formfield_for_dbfield(db_field, request, **kwargs), db_field.name)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Its name is its title: a noun after «Select» would need a case that no template knows."""
        return super().changelist_view(
            request, {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """The noun is the title here too; the object's own name stands below it."""
        named = {"title": capfirst(self.opts.verbose_name), **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, named)

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        """The audit trail in the place of Django's own log."""
        record(f"{obj._meta.model_name}.add", obj, by=request.user)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        """Which fields were changed; values stay out of the trail."""
        record(f"{obj._meta.model_name}.change", obj, by=request.user, data={"changed": message})

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """One event per deleted row."""
        for row in queryset:
            record(f"{row._meta.model_name}.delete", row, by=request.user)


class PolicyInline(admin.TabularInline):
    """An inline that follows its page's rules."""

    may_see: ClassVar[Any] = nobody
    may_change: ClassVar[Any] = nobody
    formfield_overrides = AS_PEOPLE_TYPE
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return type(self).may_see(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return type(self).may_change(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return type(self).may_change(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return type(self).may_change(request.user)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return in_its_language(super().formfield_for_dbfield(db_field, request, **kwargs), db_field.name)
