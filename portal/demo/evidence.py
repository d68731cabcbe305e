"""What the invented scores rest on, and which of them lie far apart."""

from grants.formulas import scoring
from grants.formulas.places import ANSWER, FACT, LINE, place
from grants.models import ExtraReview
from portal.demo.season import Case, Season

LONGEST = 120  # characters of a passage


def evidence_of(case: Case, criterion: str) -> dict[str, str]:
    """The columns of one score: a line for the budget, else an answer in words with its first sentence."""
    if criterion == "budget" and case.lines:
        return {"evidence": place(LINE, case.lines[0].public_id), "quote": ""}
    texts = {key: value for key, value in case.answers.items() if isinstance(value, str) and " " in value}
    if not texts:
        return {"evidence": place(FACT, "summary"), "quote": ""}
    keys = sorted(texts)
    key = keys[list(case.opened.weights).index(criterion) % len(keys)]
    return {"evidence": place(ANSWER, key), "quote": texts[key].split(". ")[0][:LONGEST]}


def store_spreads(season: Season) -> None:
    """One more expert is wanted where the reviews that the call needs lie further apart than it allows."""
    rows = [row for case in season.cases if (row := _wide(season, case))]
    ExtraReview.objects.bulk_create(rows)


def _wide(season: Season, case: Case) -> ExtraReview | None:
    """As `grants.actions.spread` notices it when the last expert who was asked is done."""
    call, asked = case.opened.call, sorted(case.live_opinions, key=lambda opinion: opinion.assigned_at)
    needed = asked[: call.reviews_needed]
    if len(needed) < call.reviews_needed or any(opinion.done_at is None for opinion in needed):
        return None
    spread = scoring.spread([scoring.review_total(opinion.marks, case.opened.weights) for opinion in needed])
    if spread is None or spread <= call.extra_review_over:
        return None
    noticed_at = max(opinion.done_at for opinion in needed if opinion.done_at)
    last = next(opinion for opinion in needed if opinion.done_at == noticed_at)
    season.history.add(noticed_at, "application.want_extra_review", case.row, by=last.judge.user, spread=str(spread))
    extra = asked[call.reviews_needed].row if len(asked) > call.reviews_needed else None
    return ExtraReview(application=case.row, spread=spread, noticed_at=noticed_at, assignment=extra)
