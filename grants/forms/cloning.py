"""A call for a new year: which year, when it opens and closes, whose questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Call, ProgrammeYear
from grants.queries.cloning import moved_dates


def _moment(label: Any) -> forms.DateTimeField:
    typed = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=typed)


class CloneForm(forms.Form):
    """Begins with the latest year of the same programme and with the days moved by whole years."""

    programme_year = forms.ModelChoiceField(ProgrammeYear.objects.none(), label=_("Programme year"), empty_label=None)
    opens_at = _moment(_("Opens (Almaty)"))
    closes_at = _moment(_("Closes (Almaty)"))
    has_own_questions = forms.BooleanField(
        label=_("Copy the questions too"),
        required=False,
        initial=True,
        help_text=_("The copy is edited without touching the old call. Otherwise both calls share one questionnaire."),
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = ProgrammeYear.objects.select_related("programme").order_by("-year", "pk")
        self.fields["programme_year"].queryset = years  # type: ignore[attr-defined]
        latest = years.filter(programme=call.programme_year.programme_id).first() or call.programme_year
        opens_at, closes_at = moved_dates(call, latest)
        self.initial = {"programme_year": latest.pk, "opens_at": opens_at, "closes_at": closes_at, **self.initial}
