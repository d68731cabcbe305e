"""A question from a section, and its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

TOO_LONG = _("Too long: %(show_value)d characters, at most %(limit_value)d fit. Nothing was lost, shorten it here.")


class HelpForm(forms.Form):
    """What is not clear; the tick is the applicant's own, never ticked before."""

    text = forms.CharField(
        label=_("What is not clear?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what is not clear: one sentence is enough."), "max_length": TOO_LONG},
    )
    may_look = forms.BooleanField(
        label=_("The officers may read this section until they have answered."),
        required=False,
        help_text=_("Without the tick they see your question alone. They never change anything; each look is kept."),
    )


class HelpAnswerForm(forms.Form):
    """What the officer writes to the applicant."""

    answer = forms.CharField(
        label=_("The answer, for the applicant"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
        error_messages={"required": _("Write the answer."), "max_length": TOO_LONG},
    )
