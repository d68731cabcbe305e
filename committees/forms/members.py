"""What a member types: conflicts of interest, a vote, a dissenting opinion."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import AgendaItem
from committees.statuses import Choice


class DeclareForm(forms.Form):
    """With which items one has a conflict of interest, perhaps none."""

    items = forms.MultipleChoiceField(
        label=_("I have a conflict of interest with"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label=_("In a few words, why"), required=False, max_length=300)
    is_none = forms.BooleanField(
        label=_("I have no other conflict of interest"),
        error_messages={
            "required": _("Confirm that you have looked through the whole list."),
        },
    )

    def __init__(self, *args: Any, items: list[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {item.public_id: item for item in items}
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (key, str(item.title)) for key, item in self.rows.items()
        ]

    @property
    def chosen(self) -> list[AgendaItem]:
        """The items that were ticked."""
        return [self.rows[key] for key in self.cleaned_data["items"]]


class BallotForm(forms.Form):
    """For, against, abstain: nothing is chosen beforehand."""

    choice = forms.ChoiceField(
        label=_("Your vote"),
        choices=Choice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose: for, against, or abstain.")},
    )


class DissentForm(forms.Form):
    """A dissenting opinion."""

    text = forms.CharField(
        label=_("Your dissenting opinion"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write the opinion: the minutes print it.")},
    )
