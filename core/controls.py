"""The commonest form controls drawn in Python.

Django's templates include one another for each attribute and each option: a list of twelve costs thirty templates.
"""

from collections.abc import Callable
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

Widget = dict[str, Any]
FOLDER, LABEL, ERRORS = "django/forms/widgets/", "django/forms/label.html", "django/forms/errors/list/default.html"


class Controls(TemplatesSetting):
    """Django's renderer; inputs, texts and lists get the markup of Django's own templates without reading these."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if template_name == ERRORS and not context["errors"]:
            return ""
        if template_name == LABEL:
            return mark_safe(_label(context))  # noqa: S308  every value is escaped below
        draw = DRAWN.get(template_name)
        if draw is None:
            return super().render(template_name, context, request)
        return mark_safe(draw(context["widget"]))  # noqa: S308  here too


def _attributes(attrs: dict[str, Any]) -> str:
    """` name="value"` for each: True is a bare name, False is left out."""
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _label(context: dict[str, Any]) -> str:
    if not context["use_tag"]:
        return _text(context["label"])
    return f"<{context['tag']}{_attributes(context['attrs'] or {})}>{_text(context['label'])}</{context['tag']}>"


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{conditional_escape(widget["value"])}"'
    name = conditional_escape(widget["name"])
    return f'<input type="{widget["type"]}" name="{name}"{value}{_attributes(widget["attrs"])}>'


def _textarea(widget: Widget) -> str:
    name, text = conditional_escape(widget["name"]), _text(widget["value"] or "")
    return f'<textarea name="{name}"{_attributes(widget["attrs"])}>\n{text}</textarea>'


def _select(widget: Widget) -> str:
    name = conditional_escape(widget["name"])
    groups = "".join(_group(title, options) for title, options, _index in widget["optgroups"])
    return f'<select name="{name}"{_attributes(widget["attrs"])}>{groups}\n</select>'


def _group(title: Any, options: list[Widget]) -> str:
    drawn = "".join(f"\n  {_option(option)}" for option in options)
    return f'\n  <optgroup label="{_text(title)}">{drawn}\n  </optgroup>' if title else drawn


def _option(option: Widget) -> str:
    value = conditional_escape(option["value"])
    return f'<option value="{value}"{_attributes(option["attrs"])}>{_text(option["label"])}</option>'


def _choices(widget: Widget) -> str:
    """Circles to choose one, boxes to choose several."""
    attrs = widget["attrs"]
    attributes = _attributes({name: attrs[name] for name in ("id", "class") if attrs.get(name)})
    groups = "".join(_choice_group(title, options) for title, options, _index in widget["optgroups"])
    return f"<div{attributes}>{groups}\n</div>"


def _choice_group(title: Any, options: list[Widget]) -> str:
    drawn = "".join(f"<div>\n    {_choice(option)}</div>" for option in options)
    return f"\n  <div><label>{_text(title)}</label>{drawn}\n  </div>" if title else drawn


def _choice(option: Widget) -> str:
    if not option["wrap_label"]:
        return _input(option)
    named = _attributes({"for": option["attrs"]["id"]}) if option["attrs"].get("id") else ""
    return f"<label{named}>{_input(option)} {_text(option['label'])}</label>"


def _text(value: Any) -> str:
    """As a template prints it: a number in the reader's way, markup that is safe as it stands."""
    return str(conditional_escape(localize(value)))


INPUTS = ("text", "number", "email", "url", "date", "hidden", "password", "file", "checkbox")
DRAWN: dict[str, Callable[[Widget], str]] = {
    f"{FOLDER}textarea.html": _textarea,
    f"{FOLDER}select.html": _select,
    **dict.fromkeys((f"{FOLDER}radio.html", f"{FOLDER}checkbox_select.html"), _choices),
    **dict.fromkeys((f"{FOLDER}radio_option.html", f"{FOLDER}checkbox_option.html"), _choice),
    **{f"{FOLDER}{kind}.html": _input for kind in INPUTS},
}
