"""Controls drawn in Python: the same words, values and attributes as Django's own templates give."""

import re

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe

from core.controls import Controls

CHOICES = [("", "—"), ("a", '<b>"x"&'), ("group", [("1", mark_safe("<i>one</i>")), (2, "two")]), (3, 1234)]


class Everything(forms.Form):
    line = forms.CharField(max_length=5, initial="<&\">'", help_text="Short.")
    words = forms.CharField(widget=forms.Textarea, initial="<x>")
    one = forms.ChoiceField(choices=CHOICES, initial="2")
    several = forms.MultipleChoiceField(choices=CHOICES, initial=["a", 3])
    circles = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect(attrs={"class": "k"}), initial="a")
    boxes = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple, initial=["a", 3])
    box = forms.BooleanField(initial=True)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date", "disabled": True, "hidden": False}))
    number = forms.IntegerField(initial=12345)
    file = forms.FileField(widget=forms.FileInput)
    email = forms.EmailField()
    secret = forms.CharField(widget=forms.PasswordInput)
    unseen = forms.CharField(widget=forms.HiddenInput, initial=5)


def drawn(renderer: TemplatesSetting, name: str, data: dict[str, str] | None) -> str:
    """The control without what only lays out the source."""
    text = re.sub(r"\s+", " ", str(Everything(data, renderer=renderer)[name]))
    return text.replace("> <", "><")


@pytest.mark.parametrize("data", [None, {"line": "too long", "number": "x", "one": "nothing"}])
@pytest.mark.parametrize("name", Everything.base_fields)
def test_a_control_is_what_django_draws(name, data):
    assert drawn(Controls(), name, data) == drawn(TemplatesSetting(), name, data)
