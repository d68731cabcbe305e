"""The expert's form: a scale, words and evidence for each criterion of the frozen rules."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.refusals import NotAllowed, Refused
from grants.actions.drafts import keep_review_draft
from grants.actions.reviews import submit_review
from grants.actions.scores import NEEDS_COMMENT, NEEDS_EVIDENCE, NEEDS_WORDS
from grants.formulas.scoring import SCORES_WITH_WORDS, TOP_SCORE
from grants.models import Assignment, ScoreEntry
from grants.queries.places import Group
from grants.queries.rubric import PARTS, RubricRow, draft_fields, own_scores, rubric

WORDS_LIMIT = 2000
NOTE_LIMIT = 300  # the length of the columns behind it


class ReviewForm(forms.Form):
    """Scores, words, evidence and a comment. Kept half-typed as they are; checked when they are submitted."""

    comment = forms.CharField(
        label=_("What would raise this application"),
        help_text=_("One sentence is enough. The applicant reads it with the decision."),
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
        self.places: list[Group] = []
        self._add_fields()
        self.initial = {**self._kept(), **{name: typed[name] for name in self.fields if typed and name in typed}}

    @classmethod
    def of(cls, assignment: Assignment, data: Mapping[str, Any] | None, *, typed: Any = None) -> "ReviewForm":
        """The form of one assignment, with what has been entered so far."""
        rows = rubric(assignment.application.rules.content)
        return cls(data, rubric=rows, assignment=assignment, entered=own_scores(assignment), typed=typed)

    def _add_fields(self) -> None:
        for row in self.rubric:
            self.fields |= _fields_of(row.key)
        if self.entered:
            self.fields["change_reason"] = forms.CharField(
                label=_("Why you change your scores"),
                required=False,
                max_length=NOTE_LIMIT,
                help_text=_("Kept beside the old score, which stays. The commission and the applicant read it."),
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
            values |= {f"{part}_{key}": getattr(entry, part) for part in PARTS}
        return values | review.draft

    def rows(self) -> Iterator[dict[str, Any]]:
        """What the template prints for each criterion."""
        for row in self.rubric:
            score, evidence = self[f"score_{row.key}"], self[f"evidence_{row.key}"]
            yield {
                "row": row,
                "name": score.html_name,
                "value": score.value(),
                "error": score.errors[0] if score.errors else "",
                "words": self[f"words_{row.key}"],
                "evidence": evidence,
                "quote": self[f"quote_{row.key}"],
                "places": self.places,
                "is_lost": self._is_lost(evidence.value()),
            }

    def _is_lost(self, written: Any) -> bool:
        """Whether a place was chosen that the papers do not hold now: it is still shown, and chosen anew."""
        return bool(written) and all(written != place for _title, group in self.places for place, _label in group)

    def revisions(self) -> list[tuple[str, int]]:
        """(input, revision) of everything that a page keeps by itself (js/saving.js)."""
        review = getattr(self.assignment, "review", None)
        known = review.draft_revs if review else {}
        names = draft_fields(self.assignment.application.rules.content) & self.fields.keys()
        return [(name, known.get(name, 0)) for name in sorted(names)]

    def clean(self) -> dict[str, Any]:
        """Words and evidence where the score says most; a sentence for all; a reason where a score changes."""
        data = super().clean() or {}
        for row in self.rubric:
            if data.get(f"score_{row.key}") in SCORES_WITH_WORDS:
                for part, sentence in (("words", NEEDS_WORDS), ("evidence", NEEDS_EVIDENCE)):
                    if not data.get(f"{part}_{row.key}"):
                        self.add_error(f"{part}_{row.key}", sentence)
        if not data.get("comment") and "comment" not in self.errors:
            self.add_error("comment", NEEDS_COMMENT)
        if self.entered and self._is_changed(data) and not data.get("change_reason"):
            self.add_error("change_reason", _("You change a score: give the reason, it is kept beside the old score."))
        return data

    def _is_changed(self, data: dict[str, Any]) -> bool:
        return any(
            data.get(f"{part}_{key}") != getattr(entry, part) for key, entry in self.entered.items() for part in PARTS
        )

    def keep(self, *, by: Any) -> bool:
        """Keeps everything as it was typed, unchecked; what another page has kept meanwhile is shown first."""
        typed = {name: str(self.data[name])[: 2 * WORDS_LIMIT] for name in self.fields if name in self.data}
        known = {name: str(self.data.get(f"rev_{name}", "")) for name in typed}
        revs = {name: int(text) for name, text in known.items() if text.isdigit()}
        return self._act(lambda: keep_review_draft(self.assignment, draft=typed, revs=revs, by=by))

    def _act(self, act: Callable[[], Any]) -> bool:
        try:
            act()
        except NotAllowed:
            raise
        except Refused as refusal:
            for sentence in (str(refusal.sentence), *refusal.items):
                self.add_error(None, sentence)
            return False
        return True

    def submit(self, *, by: Any) -> bool:
        """Submits the review; a refusal stays above the form with everything that was typed."""
        if not self.is_valid():
            return False
        data = self.cleaned_data
        scores = {row.key: {part: data[f"{part}_{row.key}"] for part in PARTS} for row in self.rubric}
        reason = data.get("change_reason", "")
        return self._act(
            lambda: submit_review(self.assignment, scores=scores, comment=data["comment"], change_reason=reason, by=by)
        )


def _fields_of(key: str) -> dict[str, forms.Field]:
    """The inputs of one criterion."""
    score = forms.TypedChoiceField(
        choices=[(n, n) for n in range(TOP_SCORE + 1)],
        coerce=int,
        error_messages={
            "required": _("Give a score."),
            "invalid_choice": _("A score is a whole number from 0 to 5."),
        },
    )
    words = forms.CharField(
        label=_("In words"), required=False, max_length=WORDS_LIMIT, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence = forms.CharField(label=_("Evidence: the place in the application"), required=False, max_length=80)
    quote = forms.CharField(label=_("Passage"), required=False, max_length=NOTE_LIMIT)
    return {f"score_{key}": score, f"words_{key}": words, f"evidence_{key}": evidence, f"quote_{key}": quote}


class SampleForm(forms.Form):
    """A score for each criterion of a sample."""

    def __init__(self, data: Mapping[str, Any] | None, *, rubric: list[RubricRow]) -> None:
        super().__init__(data)
        self.rubric = rubric
        for row in rubric:
            self.fields[f"score_{row.key}"] = _fields_of(row.key)[f"score_{row.key}"]

    def rows(self) -> Iterator[dict[str, Any]]:
        """What the template prints for each criterion."""
        for row in self.rubric:
            score = self[f"score_{row.key}"]
            error = score.errors[0] if score.errors else ""
            yield {"row": row, "name": score.html_name, "value": score.value(), "error": error}

    def scores(self) -> dict[str, int]:
        """criterion key -> score."""
        return {row.key: self.cleaned_data[f"score_{row.key}"] for row in self.rubric}


class NoteForm(forms.Form):
    """One short text that is kept with what is done."""

    note = forms.CharField(max_length=NOTE_LIMIT, widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}))

    def __init__(self, *args: Any, label: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = label
