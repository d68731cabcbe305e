"""Rows of the experts: assignments, conflicts of interest, reviews, scores, and their trail."""

from collections.abc import Iterator
from datetime import timedelta

from grants.formulas.scoring import SCORES_WITH_WORDS
from grants.models import Assignment, Conflict, Criterion, Review, ScoreEntry
from grants.statuses import ConflictKind
from portal.demo.evidence import evidence_of, store_spreads
from portal.demo.invention import data
from portal.demo.optimum import store_run
from portal.demo.papers import BATCH
from portal.demo.season import Case, Opinion, Season

WITH_WORDS = 0.25  # of the middle scores
HIGH = 4
MINUTE = 60  # seconds
TO_CONFLICT = timedelta(hours=2)  # from the asking to «I may not judge this»


def store_opinions(season: Season) -> None:
    """In the order that the triggers ask for: assignments, conflicts, reviews, scores."""
    for opened in season.calls.values():
        store_run(season, opened, season.judged(opened.name))
    pairs = [(case, opinion) for case in season.cases for opinion in case.opinions]
    for case, opinion in pairs:
        opinion.stored = _assignment(season, case, opinion)
    Assignment.objects.bulk_create([opinion.row for _case, opinion in pairs], batch_size=BATCH)
    for case, opinion in pairs:
        _note_asking(season, case, opinion)
    _store_conflicts(season, [(case, opinion) for case, opinion in pairs if opinion.is_conflicted])
    scored = [(case, opinion) for case, opinion in pairs if opinion.done_at or opinion.draft]
    reviews = Review.objects.bulk_create([_review(season, o) for _case, o in scored], batch_size=BATCH)
    _store_scores(season, [(*pair, review) for pair, review in zip(scored, reviews, strict=True)])
    store_spreads(season)


def _assignment(season: Season, case: Case, opinion: Opinion) -> Assignment:
    handed_back = opinion.assigned_at + TO_CONFLICT if opinion.is_conflicted else None
    return Assignment(
        public_id=season.invent.public_id(),
        application=case.row,
        expert=opinion.judge.expert,
        due_on=opinion.due_on,
        assigned_at=opinion.assigned_at,
        assigned_by=season.accounts["secretary"],
        declared_at=opinion.declared_at,
        returned_at=handed_back,
        returned_reason=ConflictKind.DECLARED.value if handed_back else "",
        run=case.opened.assigned if opinion.why else None,
        why=opinion.why,
    )


def _note_asking(season: Season, case: Case, opinion: Opinion) -> None:
    if opinion.why:
        return  # a computed one: its run says so
    facts = {"application": case.row.public_id, "person": opinion.judge.user.pk}
    by = season.accounts["secretary"]
    season.history.add(opinion.assigned_at, "assignment.assign", opinion.row, by=by, **facts)


def _store_conflicts(season: Season, pairs: list[tuple[Case, Opinion]]) -> None:
    rows = Conflict.objects.bulk_create(
        [
            Conflict(
                person=opinion.judge.user,
                application=case.row,
                kind=ConflictKind.DECLARED,
                note=data("words")["conflict_note"],
                found_at=opinion.assigned_at + TO_CONFLICT,
                found_by=opinion.judge.user,
            )
            for case, opinion in pairs
        ]
    )
    for (case, opinion), row in zip(pairs, rows, strict=True):
        facts = {"application": case.row.public_id, "person": opinion.judge.user.pk}
        season.history.add(row.found_at, "conflict.write", row, by=opinion.judge.user, **facts)


def _review(season: Season, opinion: Opinion) -> Review:
    comments = data("words")["comments"][opinion.judge.user.language]
    comment = comments[len(opinion.marks) and sum(opinion.marks.values()) % len(comments)] if opinion.done_at else ""
    seconds = MINUTE * (8 + sum(opinion.marks.values()) % 11) if opinion.done_at else 0
    return Review(
        assignment=opinion.row,
        comment=comment,
        draft=opinion.draft,
        active_seconds=seconds,
        submitted_at=opinion.done_at,
    )


def _store_scores(season: Season, scored: list[tuple[Case, Opinion, Review]]) -> None:
    """One row for each criterion; a changed score is two rows, the first with the earlier value."""
    rng, entries = season.stream("words"), list[ScoreEntry]()
    criteria = {
        name: {c.key: c for c in Criterion.objects.filter(call=opened.call)} for name, opened in season.calls.items()
    }
    for case, opinion, review in scored:
        if not opinion.done_at:
            continue
        verb_at = [("review.submit", opinion.done_at)]
        if opinion.earlier:
            verb_at.append(("review.change", opinion.done_at + timedelta(hours=1)))
        for verb, at in verb_at:
            season.history.add(at, verb, opinion.row, by=opinion.judge.user)
        chances = {key: rng.random() for key in opinion.marks}
        entries += _entries(case, opinion, review, criteria[case.opened.name], chances)
        if len(entries) > 5 * BATCH:
            ScoreEntry.objects.bulk_create(entries, batch_size=BATCH)
            entries.clear()
    ScoreEntry.objects.bulk_create(entries, batch_size=BATCH)


def _entries(
    case: Case, opinion: Opinion, review: Review, criteria: dict[str, Criterion], chances: dict[str, float]
) -> Iterator[ScoreEntry]:
    assert opinion.done_at is not None
    user = opinion.judge.user
    for key, mark in opinion.marks.items():
        versions = [(1, mark, "")]
        if opinion.earlier and opinion.earlier[0] == key:
            versions = [(1, opinion.earlier[1], ""), (2, mark, data("words")["change_reason"])]
        for number, score, reason in versions:
            words = _words(key, score, user.language, chances[key])
            yield ScoreEntry(
                review_id=review.pk,
                criterion_id=criteria[key].pk,
                number=number,
                score=score,
                words=words,
                **(evidence_of(case, key) if words else {}),
                change_reason=reason,
                entered_at=opinion.done_at + timedelta(hours=number - 1),
                entered_by_id=user.pk,
            )


def _words(key: str, score: int, language: str, chance: float) -> str:
    """Where the rubric asks for words, and here and there besides."""
    if score not in SCORES_WITH_WORDS and chance > WITH_WORDS:
        return ""
    texts: str = data("words")["scores"]["high" if score >= HIGH else "low"][language][key]
    return texts
