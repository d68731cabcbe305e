"""The expert's form: a scale and words for each criterion of the frozen rules."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.refusals import NotAllowed, Refused
from grants.actions.reviews import keep_review_draft, submit_review
from grants.formulas.scoring import SCORES_WITH_WORDS, TOP_SCORE
from grants.models import Assignment, ScoreEntry
from grants.queries.reviews import RubricRow, own_scores, rubric

WORDS_LIMIT = 2000
NOTE_LIMIT = 300  # the length of the columns behind it


class ReviewForm(forms.Form):
    """Scores, words and a comment. Kept half-typed as they are; checked when they are submitted."""

    comment = forms.CharField(
        label=_("What would raise this application"),
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        rubric: list[RubricRow],
        assignment: Assignment,
        entered: dict[str, ScoreEntry],
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        """`typed` is what an expired session had parked: shown again, not yet judged."""
        super().__init__(data)
        self.rubric, self.assignment, self.entered = rubric, assignment, entered
        self._add_fields()
        self.initial = {**self._kept(), **{name: typed[name] for name in self.fields if typed and name in typed}}

    @classmethod
    def of(cls, assignment: Assignment, data: Mapping[str, Any] | None, *, typed: Any = None) -> "ReviewForm":
        """The form of one assignment, with what has been entered so far."""
        rows = rubric(assignment.application.rules.content)
        return cls(data, rubric=rows, assignment=assignment, entered=own_scores(assignment), typed=typed)

    def _add_fields(self) -> None:
        for row in self.rubric:
            self.fields[f"score_{row.key}"] = forms.TypedChoiceField(
                choices=[(n, n) for n in range(TOP_SCORE + 1)],
                coerce=int,
                error_messages={
                    "required": _("Give a score."),
                    "invalid_choice": _("A score is a whole number from 0 to 5."),
                },
            )
            self.fields[f"words_{row.key}"] = forms.CharField(
                label=_("In words"),
                required=False,
                max_length=WORDS_LIMIT,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        if self.entered:
            self.fields["change_reason"] = forms.CharField(
                label=_("Why you change your scores"),
                required=False,
                max_length=NOTE_LIMIT,
                help_text=_("Kept beside the old score, which stays."),
            )
        for name, field in self.fields.items():
            if not name.startswith("score_"):
                field.widget.attrs["class"] = "form-control vLargeTextField"

    def _kept(self) -> dict[str, Any]:
        """What was typed and kept last; else what has been submitted."""
        review = getattr(self.assignment, "review", None)
        if review is None:
            return {}
        values: dict[str, Any] = {"comment": review.comment}
        for key, entry in self.entered.items():
            values |= {f"score_{key}": entry.score, f"words_{key}": entry.words}
        return values | review.draft

    def rows(self) -> Iterator[dict[str, Any]]:
        """What the template prints for each criterion."""
        for row in self.rubric:
            score = self[f"score_{row.key}"]
            yield {
                "row": row,
                "name": score.html_name,
                "value": score.value(),
                "error": score.errors[0] if score.errors else "",
                "words": self[f"words_{row.key}"],
            }

    def clean(self) -> dict[str, Any]:
        """Words where the score says most; a reason where a score changes."""
        data = super().clean() or {}
        for row in self.rubric:
            if data.get(f"score_{row.key}") in SCORES_WITH_WORDS and not data.get(f"words_{row.key}"):
                self.add_error(f"words_{row.key}", _("A score of 0, 1 or 5 needs words: say what it rests on."))
        if self.entered and self._is_changed(data) and not data.get("change_reason"):
            self.add_error("change_reason", _("You change a score: give the reason, it is kept beside the old score."))
        return data

    def _is_changed(self, data: dict[str, Any]) -> bool:
        return any(
            (data.get(f"score_{key}"), data.get(f"words_{key}")) != (entry.score, entry.words)
            for key, entry in self.entered.items()
        )

    def keep(self, *, by: Any) -> None:
        """Keeps everything as it was typed, unchecked."""
        typed = {name: str(self.data[name])[: 2 * WORDS_LIMIT] for name in self.fields if name in self.data}
        keep_review_draft(self.assignment, draft=typed, by=by)

    def submit(self, *, by: Any) -> bool:
        """Submits the review; a refusal stays above the form with everything that was typed."""
        if not self.is_valid():
            return False
        data = self.cleaned_data
        scores = {
            row.key: {"score": data[f"score_{row.key}"], "words": data[f"words_{row.key}"]} for row in self.rubric
        }
        try:
            submit_review(
                self.assignment,
                scores=scores,
                comment=data["comment"],
                change_reason=data.get("change_reason", ""),
                by=by,
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            self.add_error(None, str(refusal.sentence))
            return False
        return True


class NoteForm(forms.Form):
    """One short text that is kept with what is done."""

    note = forms.CharField(max_length=NOTE_LIMIT, widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}))

    def __init__(self, *args: Any, label: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = label
