"""What an applicant types in an appeal, and what staff answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.forms import UploadField
from grants.models import Appeal
from grants.statuses import AppealOutcome, ReturnsTo

TEXT_LIMIT = 6000


class AppealForm(forms.Form):
    """Why the applicant does not agree, perhaps with one file."""

    text = forms.CharField(
        label=_("Why do you not agree?"),
        help_text=_("Name the criterion or the reason, and say what was not seen or was understood wrongly."),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write why you do not agree.")},
    )
    document = UploadField(label=_("A document, if it proves something"), required=False)


def _wide(language: str) -> dict[str, Any]:
    return {"rows": 6, "lang": language, "class": "vLargeTextField"}


class AnswerForm(forms.Form):
    """The outcome, where an upheld one goes, and reasons in both languages."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=AppealOutcome.choices, widget=forms.RadioSelect)
    returns_to = forms.ChoiceField(
        label=_("If it is upheld, the application goes back"),
        choices=ReturnsTo.choices,
        initial=ReturnsTo.VOTE,
        widget=forms.RadioSelect,
    )
    reason_kk = forms.CharField(
        label=_("Reasons in Kazakh"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs=_wide("kk"))
    )
    reason_ru = forms.CharField(
        label=_("Reasons in Russian"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs=_wide("ru"))
    )

    def __init__(self, *args: Any, appeal: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if appeal.decision_id is None:  # nobody has scored it yet
            del self.fields["returns_to"]
