"""Why an application got its score: for each criterion what the experts wrote, else the published text of the level.

Facts first (`Reasons`), in every language at once and with their SHA-256; then words for one reader. Experts have no
names here. The same rows always give the same facts, whatever their order, and so the same letter.
"""

from collections import defaultdict
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.db.models import Count, F, Sum
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from core.canonical import plain, sha256_of
from core.text import pick
from grants.formulas.scoring import TOP_SCORE, mean, review_total
from grants.models import Application, Call, Decision, Review, ScoreEntry
from grants.statuses import Outcome


@dataclass(frozen=True)
class Earlier:
    """A score that was changed: what it was, and the reason of the change."""

    score: int
    reason: str


@dataclass(frozen=True)
class Opinion:
    """One expert about one criterion: own words, or else the published text of the level (kk, ru, en)."""

    score: int
    words: str
    level: dict[str, str]
    earlier: tuple[Earlier, ...] = ()

    @property
    def text(self) -> str:
        """In the reader's language, where the expert wrote nothing."""
        return self.words or pick(self.level)


@dataclass(frozen=True)
class CriterionReasons:
    """A criterion of the frozen rules with what each expert gave it; `points` of `weight`."""

    title: dict[str, str]
    weight: int
    points: Decimal
    opinions: tuple[Opinion, ...]

    @property
    def has_words(self) -> bool:
        """Whether at least one reason can be read."""
        return any(opinion.text for opinion in self.opinions)


@dataclass(frozen=True)
class Reasons:
    """An application's score of 100 with its parts; `line` is the lowest score that got an award in the call."""

    score: Decimal | None
    pass_mark: int
    line: Decimal | None
    criteria: tuple[CriterionReasons, ...]
    advice: tuple[str, ...]

    @cached_property
    def sha256(self) -> str:
        """Of the facts, as canonical JSON: kept with the release, so that a letter can be proven."""
        return sha256_of(plain(asdict(self)))

    @property
    def lacking(self) -> list[str]:
        """Titles of the criteria for which nobody said why, in the reader's language."""
        return [pick(row.title) for row in self.criteria if not row.has_words]


def reasons_of(application: Application) -> Reasons:
    """Of one application, for its page: three queries beyond its own row."""
    return _reasons([application], application.call)[application.pk]


def reasons_of_call(call: Call) -> dict[int, Reasons]:
    """Of every application of a call that was sent: four queries."""
    return _reasons(list(Application.objects.sent().filter(call=call).select_related("rules")), call)


def _reasons(rows: list[Application], call: Call) -> dict[int, Reasons]:
    of = {"application": rows[0]} if len(rows) == 1 else {"application__call": call}
    reviews, line = _reviews(of), _line(call)
    return {row.pk: _facts(row, call, reviews[row.pk], line) for row in rows}


@dataclass(frozen=True)
class _Read:
    """A review that is in: the last score of each criterion with what was before, and the sentence."""

    scores: dict[str, Opinion]
    comment: str


def _reviews(of: dict[str, Any]) -> dict[int, list[_Read]]:
    """application -> its reviews, in an order that says nothing about who or when."""
    counted = {
        "review__submitted_at__isnull": False,
        "review__assignment__returned_at": None,
        **{f"review__assignment__{name}": value for name, value in of.items()},
    }
    entries: dict[int, dict[str, list[ScoreEntry]]] = defaultdict(lambda: defaultdict(list))
    for entry in ScoreEntry.objects.filter(**counted).select_related("criterion").order_by("number"):
        entries[entry.review_id][entry.criterion.key].append(entry)
    found: dict[int, list[_Read]] = defaultdict(list)
    reviews = Review.objects.filter(pk__in=entries).select_related("assignment").order_by("assignment__public_id")
    for review in reviews:
        scores = {key: _opinion(versions) for key, versions in entries[review.pk].items()}
        found[review.assignment.application_id].append(_Read(scores, review.comment.strip()))
    return found


def _opinion(versions: list[ScoreEntry]) -> Opinion:
    """The last version counts; each before it stands with the reason of the change that followed. No level yet."""
    last = versions[-1]
    earlier = tuple(Earlier(before.score, after.change_reason) for before, after in pairwise(versions))
    return Opinion(last.score, last.words.strip(), {}, earlier)


def _line(call: Call) -> Decimal | None:
    """The lowest mean among live awards, added up by the database (a criterion's weight is frozen with the call)."""
    awarded = Decision.objects.live().filter(application__call=call, outcome=Outcome.AWARD)
    application = "review__assignment__application"
    counted = {"review__submitted_at__isnull": False, "review__assignment__returned_at": None}
    rows = (
        ScoreEntry.objects.current()
        .filter(**counted, **{f"{application}__in": awarded.values("application")})
        .order_by()
        .values(application)
        .annotate(points=Sum(F("score") * F("criterion__weight")), reviews=Count("review", distinct=True))
    )
    means = [mean([Decimal(row["points"]) / TOP_SCORE / row["reviews"]]) for row in rows]
    return min((one for one in means if one is not None), default=None)


def _facts(row: Application, call: Call, reviews: list[_Read], line: Decimal | None) -> Reasons:
    weights = {c["key"]: c["weight"] for c in row.rules.content["criteria"]}
    whole = [r for r in reviews if set(weights) <= set(r.scores)]
    total = mean([review_total({key: r.scores[key].score for key in weights}, weights) for r in whole])
    criteria = tuple(_criterion(frozen, reviews) for frozen in row.rules.content["criteria"])
    advice = tuple(review.comment for review in reviews if review.comment)
    return Reasons(total, row.rules.content.get("pass_mark", call.pass_mark), line, criteria, advice)


def _criterion(frozen: dict[str, Any], reviews: list[_Read]) -> CriterionReasons:
    levels = frozen.get("levels") or {}
    given = [review.scores[frozen["key"]] for review in reviews if frozen["key"] in review.scores]
    opinions = tuple(Opinion(o.score, o.words, levels.get(str(o.score)) or {}, o.earlier) for o in given)
    share = mean([Decimal(o.score * frozen["weight"]) / TOP_SCORE for o in opinions])
    return CriterionReasons(frozen["title"], frozen["weight"], share or Decimal(0), opinions)


def points_of(points: Decimal | None) -> str:
    """«71,5» in the reader's way, at most two decimals; nothing where there is no score."""
    return "" if points is None else str(floatformat(points, -2))


def letter_words(reasons: Reasons) -> dict[str, Any]:
    """The same for one reader, as plain JSON in the language that is active now."""
    return {
        "score": points_of(reasons.score),
        "pass_mark": reasons.pass_mark,
        "line": points_of(reasons.line),
        "criteria": [
            {
                "title": str(pick(row.title)),
                "points": points_of(row.points),
                "weight": row.weight,
                "opinions": [_opinion_words(opinion) for opinion in row.opinions],
            }
            for row in reasons.criteria
        ],
        "advice": list(reasons.advice),
    }


def _opinion_words(opinion: Opinion) -> dict[str, Any]:
    changed = _("The score was %(before)s before. Why it was changed: %(reason)s")
    return {
        "score": opinion.score,
        "text": str(opinion.text),
        "is_level": not opinion.words,
        "changes": [changed % {"before": e.score, "reason": e.reason} for e in opinion.earlier],
    }
