"""What staff read above a column, beside a field, over a filter comes from our texts, not from a column's name."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, get_fields_from_path
from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise

# Of libraries: their own catalogues translate these.
THEIRS = {"auth", "account", "mfa", "sites", "contenttypes", "sessions", "django_celery_results", "django_celery_beat"}
OURS = [desk for model, desk in admin.site._registry.items() if model._meta.app_label not in THEIRS]


def shown(desk: Any) -> Iterator[tuple[str, Any]]:
    """(place, what stands there) of everything on the pages of one table that has a label."""
    for name in getattr(desk, "list_display", ()):
        yield "list_display", name
    for place in ("fields", "readonly_fields"):
        for name in getattr(desk, place) or ():
            yield from ((place, one) for one in (name if isinstance(name, tuple | list) else [name]))
    for title, options in getattr(desk, "fieldsets", None) or ():
        yield "fieldsets", ("title", title)
        yield from (("fieldsets", name) for name in flatten_fieldsets([(title, options)]))
    for one in getattr(desk, "list_filter", ()):
        yield "list_filter", one[0] if isinstance(one, tuple) else one
    if not (desk.fields or getattr(desk, "fieldsets", None)):  # then Django draws every column that may be edited
        columns = [*desk.opts.local_fields, *desk.opts.local_many_to_many]
        yield from (("page", field.name) for field in columns if field.editable and field.name not in hidden(desk))
    yield from (("form", name) for name in desk.form.base_fields)


def hidden(desk: Any) -> set[str]:
    """The key, what the page leaves out, and the row inside of whose page it stands."""
    inside = {field.name for field in desk.opts.local_fields if field.related_model is getattr(desk, "parent_model", 0)}
    return {desk.opts.pk.name, *(desk.exclude or ()), *inside}


def is_ours(desk: Any, what: Any) -> bool:
    """Whether the label is a text that gettext finds when it is drawn."""
    if isinstance(what, tuple):
        return what[1] is None or isinstance(what[1], Promise)
    if isinstance(what, type):
        return isinstance(what.title, Promise)  # type: ignore[attr-defined]
    return isinstance(label_of(desk, what), Promise)


def label_of(desk: Any, name: Any) -> Any:
    """What stands there: a method's description, a column's name, a form's own field."""
    if name in ("__str__", "action_checkbox"):
        return desk.opts.verbose_name
    for owner in (desk, desk.model):
        found = getattr(owner, name if isinstance(name, str) else name.__name__, None) if owner else None
        if hasattr(found, "short_description"):
            return found.short_description
    form = desk.form.base_fields.get(name) if isinstance(name, str) else None
    try:
        field = get_fields_from_path(desk.model, name)[-1]
    except FieldDoesNotExist:
        return form and form.label
    return form.label if form and isinstance(form.label, Promise) else field.verbose_name


def tables() -> Iterator[Any]:
    """Each table of the admin, and the rows that stand inside the page of another."""
    for desk in OURS:
        yield desk
        yield from (inline(desk.model, admin.site) for inline in desk.inlines)


@pytest.mark.parametrize("desk", tables(), ids=lambda desk: f"{type(desk).__name__}")
def test_every_label_is_a_text_that_is_translated(desk):
    foreign = sorted({f"{place}: {what}" for place, what in shown(desk) if not is_ours(desk, what)})

    assert foreign == []
    assert [isinstance(name, Promise) for name in (desk.opts.verbose_name, desk.opts.verbose_name_plural)] == [True] * 2


def test_the_walk_sees_a_column_that_nobody_named():
    class Unnamed(admin.ModelAdmin):
        """A table whose column has the name of its column in the database."""

        list_display = ("about", "pk_words")

        def pk_words(self, row: Any) -> str:
            return str(row.pk)

    from accounts.models import Erasure

    desk = Unnamed(Erasure, admin.site)

    assert [is_ours(desk, name) for name in ("pk_words", "at")] == [
        False,
        isinstance(Erasure._meta.get_field("at").verbose_name, Promise),
    ]
