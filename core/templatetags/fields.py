"""Fields of a form in Bootstrap's dress, as crispy-forms draws them, without its fifty conditions for each."""

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()
PLAIN = (forms.TextInput, forms.Textarea, forms.Select)
NOT_PLAIN = (forms.PasswordInput, forms.HiddenInput, forms.SelectMultiple)

DRESS = {forms.Select: "form-select", forms.CheckboxInput: "form-check-input"}


@register.filter
def is_plain(field: BoundField) -> bool:
    """One line, a text or a list; choices, boxes and files are left to crispy-forms."""
    widget = field.field.widget
    return isinstance(widget, PLAIN) and not isinstance(widget, (*NOT_PLAIN, forms.RadioSelect))


@register.filter
def control(field: BoundField) -> SafeString:
    """The input of a plain field, or of one with a box to tick."""
    found = (kind for widget, kind in DRESS.items() if isinstance(field.field.widget, widget))
    kind = next(found, "form-control")
    return field.as_widget(attrs={"class": f"{kind} is-invalid" if field.errors else kind})
