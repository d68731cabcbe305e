"""The severity of experts taken off the scores: against worlds whose true quality is known."""

from random import Random
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.formulas.chances import Standing, chance, lines
from grants.formulas.severity import COVERAGE, Severity, Total, adjust

SEEDS = range(60)
# applications, experts, reviews of each, standard deviations of quality, severity and error, in points
SEASON = (60, 12, 3, 12, 7, 8)
SMALL = (40, 8, 2, 12, 7, 8)
LARGE = (200, 30, 3, 12, 7, 8)
NOISY = (60, 12, 3, 8, 7, 10)


def world(seed: int, shape: tuple) -> tuple[dict[str, float], list[Total]]:
    """(true quality, totals as experts give them: whole fifths of a point between 0 and 100)."""
    applications, experts, each, quality, severity, error = shape
    rng = Random(seed)
    true = {f"GR-{n:03d}": rng.gauss(60, quality) for n in range(applications)}
    severities = [rng.gauss(0, severity) for _expert in range(experts)]
    totals = []
    for number, level in true.items():
        for expert in rng.sample(range(experts), each):
            given_total = level + severities[expert] + rng.gauss(0, error)
            totals.append(Total(number, f"e{expert:02d}", min(max(round(given_total * 5) / 5, 0), 100)))
    return true, totals


def fitted(totals: list[Total]) -> Severity:
    fit = adjust(totals)
    assert fit is not None
    return fit


def raw_means(totals: list[Total]) -> dict[str, float]:
    return {a: mean(t.total for t in totals if t.application == a) for a in {t.application for t in totals}}


def rank_correlation(one: dict[str, float], other: dict[str, float]) -> float:
    """Spearman's, without ties."""
    places = [{key: n for n, key in enumerate(sorted(each, key=lambda k: (each[k], k)))} for each in (one, other)]
    n, apart = len(one), sum((places[0][key] - places[1][key]) ** 2 for key in one)
    return 1 - 6 * apart / (n * (n * n - 1))


@pytest.mark.parametrize(("shape", "better_in"), [(SEASON, 0.9), (SMALL, 0.75), (NOISY, 0.8)])
def test_the_adjusted_score_orders_by_true_quality_better_than_the_raw_mean(shape, better_in):
    gains = []
    for seed in SEEDS:
        true, totals = world(seed, shape)
        adjusted = {number: own.score for number, own in fitted(totals).applications.items()}
        gains.append(rank_correlation(adjusted, true) - rank_correlation(raw_means(totals), true))

    assert mean(gains) > 0.02
    assert sum(gain > 0 for gain in gains) / len(gains) > better_in


@pytest.mark.parametrize("shape", [SEASON, SMALL, LARGE, NOISY])
def test_the_interval_covers_the_true_quality_as_often_as_it_claims(shape):
    hits = []
    for seed in SEEDS if shape != LARGE else range(20):
        true, totals = world(seed, shape)
        fit = fitted(totals)
        hits += [
            fit.applications[number].low <= level <= fit.applications[number].high for number, level in true.items()
        ]

    assert abs(sum(hits) / len(hits) - COVERAGE) < 0.02


def test_the_variances_come_out_as_they_were_put_in():
    found = [fitted(world(seed, LARGE)[1]) for seed in range(20)]

    assert mean(f.between_applications**0.5 for f in found) == pytest.approx(12, abs=0.5)
    assert mean(f.between_experts**0.5 for f in found) == pytest.approx(7, abs=0.5)
    assert mean(f.noise**0.5 for f in found) == pytest.approx(8, abs=0.3)


def test_experts_who_are_equally_severe_move_nobody_by_much():
    losses = []
    for seed in SEEDS:
        true, totals = world(seed, (60, 12, 3, 12, 0.001, 8))
        adjusted = {number: own.score for number, own in fitted(totals).applications.items()}
        losses.append(rank_correlation(raw_means(totals), true) - rank_correlation(adjusted, true))

    assert mean(losses) < 0.005


def test_the_probabilities_of_standing_above_the_line_are_true_in_the_long_run():
    """Of those with a probability near p, about a share p truly belongs above the line; they add up to the funded."""
    said: dict[int, list[bool]] = {band: [] for band in range(5)}
    for seed in range(80):
        true, totals = world(seed, SEASON)
        fit, best = fitted(totals), set(sorted(true, key=lambda k: -true[k])[:20])
        means = raw_means(totals)
        funded = set(sorted(means, key=lambda k: -means[k])[:20])
        standings = {number: Standing("", number in funded, has_passed=True) for number in true}
        line = lines(standings, fit.applications, pass_mark=0)[""]
        chances = {number: chance(fit.applications[number], line) for number in true}
        for number, probability in chances.items():
            said[min(int(probability * 5), 4)].append(number in best)
        assert sum(chances.values()) == pytest.approx(20, abs=0.01)

    shares = [sum(hits) / len(hits) for hits in said.values()]
    assert shares == pytest.approx([0.03, 0.3, 0.5, 0.7, 0.97], abs=0.06)


def test_by_hand_two_experts_one_of_them_ten_points_milder():
    """Everybody is read by both: the adjusted order is that of the means, and the mildness is found."""
    totals = [
        Total(f"a{level}", expert, level + mild)
        for level in (40, 50, 60, 70, 80)
        for expert, mild in (("mild", 5), ("severe", -5))
    ]

    fit = fitted(totals)

    assert fit.experts["mild"] == pytest.approx(-fit.experts["severe"])
    assert fit.experts["mild"] == pytest.approx(5, abs=0.2)
    assert [round(own.score, 1) for own in fit.applications.values()] == pytest.approx([40, 50, 60, 70, 80], abs=0.3)


def test_who_met_the_severe_expert_is_raised_and_who_met_the_mild_one_is_lowered():
    totals = []
    for n in range(12):  # everybody deserves the same; a third is read by two severe experts, a third by two mild ones
        for expert in {0: ("mild", "mild2"), 1: ("mild", "severe"), 2: ("severe", "severe2")}[n % 3]:
            points = 10 if expert.startswith("mild") else -10
            totals.append(Total(f"a{n:02d}", expert, 60 + points + (n * 7 + len(expert) * 3) % 5 - 2))

    fit, means = fitted(totals), raw_means(totals)

    assert means["a00"] - means["a02"] > 15
    assert abs(fit.applications["a00"].score - fit.applications["a02"].score) < 8


@pytest.mark.parametrize(
    "totals",
    [
        [],
        [Total("a", "x", 50)],
        [Total("a", "x", 50), Total("b", "x", 60), Total("c", "x", 70)],
        [Total("a", "x", 50), Total("a", "y", 60)],
        [Total("a", "x", 50), Total("b", "y", 60)],
    ],
)
def test_where_application_and_expert_cannot_be_told_apart_nothing_is_adjusted(totals):
    assert adjust(totals) is None


def test_panels_that_never_meet_are_still_solved():
    """Two groups of experts without a common application: the shrinkage settles what the data cannot."""
    totals = [
        Total(f"{group}{n}", f"{group}-{expert}", base + 3 * n + (4 if expert else -4) + (n * 5 + expert) % 3)
        for group, base in (("a", 40), ("b", 60))
        for n in range(6)
        for expert in range(2)
    ]

    fit = fitted(totals)

    assert all(0 <= own.low <= own.score <= own.high <= 100 for own in fit.applications.values())


def test_the_same_totals_from_everybody_are_no_division_by_zero():
    fit = fitted([Total(f"a{n}", expert, 70) for n in range(6) for expert in ("x", "y", "z")])

    assert {round(own.score, 6) for own in fit.applications.values()} == {70}


totals_of_calls = st.lists(
    st.builds(
        Total,
        application=st.sampled_from([f"a{n}" for n in range(8)]),
        expert=st.sampled_from(["w", "x", "y", "z"]),
        total=st.integers(0, 500).map(lambda fifths: fifths / 5),
    ),
    max_size=32,
    unique_by=lambda total: (total.application, total.expert),
)


@given(totals_of_calls, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_reviews_never_matters_to_the_last_digit(totals, random):
    shuffled = list(totals)
    random.shuffle(shuffled)

    assert adjust(shuffled) == adjust(totals)


@given(totals_of_calls)
@settings(max_examples=60)
def test_every_score_lies_in_its_interval_within_0_and_100(totals):
    fit = adjust(totals)

    for own in fit.applications.values() if fit else ():
        assert 0 <= own.low <= own.score <= own.high <= 100
        assert own.deviation > 0
