"""Quorum, majority, casting vote, deferral: worked cases, and properties over random ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.formulas import quorum as formulas
from committees.formulas.cases import CASES, worked
from committees.formulas.quorum import Place, Rule, Votes, part_of, quorum, restoring, result
from committees.statuses import Choice, Majority, QuorumBase, Verdict

GRANT, FUND = Rule(), Rule(base=QuorumBase.ABLE)
# appointed, absent, recused -> needed, able, verdict, by the chair's vote: as the commission would work it out by hand
GRANT_SAYS = [
    (5, 7, "adopted", False),
    (5, 7, "adopted", False),
    (5, 7, "rejected", False),
    (5, 6, "adopted", True),
    (5, 6, "rejected", True),
    (5, 5, "adopted", False),
    (5, 4, "deferred", False),
    (5, 5, "adopted", False),
    (5, 4, "deferred", False),
    (5, 4, "deferred", False),
    (6, 6, "adopted", False),
    (6, 5, "deferred", False),
]
FUND_SAYS = [
    (5, 7, "adopted", False),
    (5, 7, "adopted", False),
    (5, 7, "rejected", False),
    (5, 6, "adopted", True),
    (5, 6, "rejected", True),
    (5, 5, "adopted", False),
    (5, 4, "deferred", False),
    (4, 5, "adopted", False),
    (3, 4, "adopted", False),
    (4, 4, "adopted", False),
    (6, 6, "adopted", False),
    (5, 5, "adopted", False),
]


@pytest.mark.parametrize(("rule", "says"), [(GRANT, GRANT_SAYS), (FUND, FUND_SAYS)], ids=["grant", "fund"])
def test_the_worked_cases_come_out_as_by_hand(rule, says):
    found = [(w.quorum.needed, w.quorum.able, w.count.verdict, w.count.is_by_casting_vote) for w in worked(rule)]

    assert found == says
    assert len(CASES) == len(says)


def test_the_formulas_use_the_words_of_the_statuses():
    words = [
        {formulas.FOR, formulas.AGAINST, formulas.ABSTAIN},
        {formulas.ADOPTED, formulas.REJECTED, formulas.DEFERRED},
        {formulas.APPOINTED, formulas.ABLE},
    ]

    assert words == [set(Choice.values), set(Verdict.values), set(QuorumBase.values)]
    assert set(Majority.values) == set(QuorumBase.values)


def test_two_thirds_are_rounded_up():
    assert [part_of(GRANT, base) for base in range(1, 10)] == [1, 2, 2, 3, 4, 4, 5, 6, 6]


def test_a_majority_of_all_appointed_is_harder_than_of_those_able():
    found = quorum(GRANT, [Place(True)] * 5 + [Place(False)] * 2)

    of_able = result(GRANT, found, Votes(3, 2, 0))
    of_all = result(Rule(majority=Majority.APPOINTED), found, Votes(3, 2, 0))

    assert (of_able.verdict, of_able.majority_of) == (Verdict.ADOPTED, 5)
    assert (of_all.verdict, of_all.majority_of) == (Verdict.REJECTED, 7)


def test_without_a_casting_vote_a_tie_rejects():
    found = quorum(GRANT, [Place(True)] * 6)

    assert result(Rule(has_casting_vote=False), found, Votes(3, 3, 0, Choice.FOR)).verdict == Verdict.REJECTED
    assert result(GRANT, found, Votes(3, 3, 0, None)).verdict == Verdict.REJECTED


def test_an_abstention_is_no_tie():
    found = quorum(GRANT, [Place(True)] * 6)

    assert result(GRANT, found, Votes(2, 2, 2, Choice.FOR)).verdict == Verdict.REJECTED


def test_a_recused_member_is_not_present_for_the_item_and_alternates_restore_the_quorum():
    places = [Place(True, True)] * 3 + [Place(True)] * 4

    found = restoring(GRANT, places, [11, 12])

    assert (found.needed, found.who, found.is_possible) == (1, (11, 12), True)
    assert restoring(GRANT, places, []).is_possible is False
    assert restoring(GRANT, [Place(True)] * 5 + [Place(False)] * 2, [11]) is None


RULES = st.builds(
    lambda whole, parts, base, majority, casting: Rule(min(parts, whole), whole, base, majority, casting),
    st.integers(1, 7),
    st.integers(1, 7),
    st.sampled_from(list(QuorumBase)),
    st.sampled_from(list(Majority)),
    st.booleans(),
)
PLACES = st.lists(st.builds(Place, st.booleans(), st.booleans()), max_size=15)


@st.composite
def votings(draw):
    """A rule, places, and votes of those who are able."""
    rule, places = draw(RULES), draw(PLACES)
    found = quorum(rule, places)
    choices = draw(st.lists(st.sampled_from(list(Choice)), max_size=found.able))
    chair = choices[0] if choices and draw(st.booleans()) else None
    votes = Votes(*(choices.count(choice) for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)), chair)
    return rule, found, votes


@given(RULES, PLACES)
def test_numbers_fit_into_each_other(rule, places):
    found = quorum(rule, places)

    assert 0 <= found.able == found.present - found.recused <= found.present <= found.appointed == len(places)
    assert found.needed * rule.whole >= rule.parts * found.base > (found.needed - 1) * rule.whole
    assert found == quorum(rule, list(reversed(places)))


@given(votings())
def test_nothing_is_adopted_without_a_quorum_or_by_fewer_than_half(voting):
    rule, found, votes = voting

    counted = result(rule, found, votes)

    if not found.holds:
        assert counted.verdict == Verdict.DEFERRED
    if counted.verdict == Verdict.ADOPTED:
        assert 2 * votes.votes_for >= counted.majority_of > 0
        assert votes.votes_for > votes.against or counted.is_by_casting_vote


@given(votings())
def test_one_more_vote_for_never_hurts(voting):
    rule, found, votes = voting
    more = Votes(votes.votes_for + 1, max(votes.against - 1, 0), votes.abstain, votes.chair)

    if result(rule, found, votes).verdict == Verdict.ADOPTED:
        assert result(rule, found, more).verdict == Verdict.ADOPTED


@given(RULES, PLACES)
def test_with_the_named_number_of_alternates_the_quorum_holds_again_and_with_one_less_it_does_not(rule, places):
    found = restoring(rule, places, range(99))
    if found is None or found.needed > len(places):
        return
    empty = [place for place in places if place.is_present and place.is_recused]
    empty += [place for place in places if not place.is_present]
    rest = [place for place in places if place.is_present and not place.is_recused]

    def sit(number: int) -> bool:
        return quorum(rule, rest + [Place(True)] * number + empty[number:]).holds

    assert sit(found.needed)
    assert not sit(found.needed - 1)
