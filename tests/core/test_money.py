"""Money: exact on both databases, split to the last tiyn, rounded in one place."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Q, Sum
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from core.forms import MoneyInput
from core.money import CurrencyField, MoneyField, allocate, from_minor, round_money, to_minor
from grants.models import ProgrammeYear
from tests.factories import make_year

CENT = Decimal("0.01")
amounts = st.integers(-(10**15), 10**15).map(from_minor)
weights = st.lists(st.decimals(0, 10**12, places=4), min_size=1, max_size=30).filter(any)


@given(amounts, weights)
def test_the_parts_of_a_split_sum_to_the_whole(total, by):
    parts = allocate(total, by)

    assert sum(parts) == total


@given(amounts, weights)
def test_no_part_is_a_cent_away_from_its_exact_share(total, by):
    parts = allocate(total, by)

    assert all(abs(part * sum(by) - total * weight) < CENT * sum(by) for part, weight in zip(parts, by, strict=True))


@given(amounts, weights)
def test_who_has_no_weight_gets_nothing(total, by):
    parts = allocate(total, [*by, Decimal(0)])

    assert parts[-1] == 0


@given(amounts, st.integers(1, 40))
def test_equal_weights_differ_by_a_cent_at_most(total, count):
    parts = allocate(total, [1] * count)

    assert max(parts) - min(parts) <= CENT


@given(amounts, weights)
def test_a_negative_split_mirrors_the_positive_one(total, by):
    assert allocate(-total, by) == [-part for part in allocate(total, by)]


def test_weights_beyond_the_precision_of_decimal_still_sum_exactly():
    by = [10**30 + 1, 10**30 - 1, 3, 10**15]

    parts = allocate(Decimal("90000000000000000.07"), by)

    assert sum(parts) == Decimal("90000000000000000.07")


def test_the_first_of_equals_gets_the_odd_cent():
    assert allocate(Decimal("100.00"), [1, 1, 1]) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]


@pytest.mark.parametrize("by", [[], [0, 0], [1, -1], [2, -1]])
def test_weights_that_make_no_sense_are_refused(by):
    with pytest.raises(ValueError, match="weights"):
        allocate(Decimal(1), by)


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("1.004999", "1.00"), ("2.675", "2.68"), ("500000000", "500000000.00")],
)
def test_halves_are_rounded_away_from_zero(exact, rounded):
    assert round_money(Decimal(exact)) == Decimal(rounded)


@given(amounts)
def test_minor_units_and_back_is_the_same_amount(amount):
    assert from_minor(to_minor(amount)) == amount


def test_an_amount_finer_than_a_tiyn_is_refused_and_not_rounded_in_silence():
    with pytest.raises(ValueError, match="more than two decimal places"):
        to_minor(Decimal("0.105"))
    with pytest.raises(ValidationError):
        MoneyField().to_python("0.105")


@pytest.mark.parametrize("typed", ["2 500 000", "2500000,00", "2 500 000 ₸", "2\u00a0500\u202f000.00", "2'500'000"])
def test_an_amount_is_understood_as_people_type_it(typed):
    assert MoneyInput().clean(typed) == Decimal(2_500_000)


@pytest.mark.parametrize("typed", ["два миллиона", "2,5 млн", "1e5x", "NaN", "Infinity", "--5", "0,001", "9" * 18])
def test_letters_and_impossible_amounts_are_refused_in_words(typed):
    with pytest.raises(ValidationError) as refused:
        MoneyInput().clean(typed)

    assert len(refused.value.messages[0]) > 20


# --- in the database --------------------------------------------------------------------------------------------------


@pytest.mark.embedded
@pytest.mark.django_db
@pytest.mark.parametrize("amount", ["0.00", "0.01", "500000000.00", "39000000.10", "90000000000000000.99"])
def test_an_amount_comes_back_from_the_database_to_the_tiyn(amount):
    year = make_year(Decimal(amount))

    year.refresh_from_db()

    assert year.budget == Decimal(amount)
    assert str(year.budget) == amount


@pytest.mark.embedded
@pytest.mark.django_db
def test_the_column_holds_whole_minor_units():
    make_year(Decimal("39000000.10"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT budget FROM grants_programmeyear")
        row = cursor.fetchone()

    assert row == (3_900_000_010,)


@pytest.mark.embedded
@pytest.mark.django_db
def test_sums_and_filters_speak_in_amounts():
    make_year(Decimal("0.10"), year=2026)
    make_year(Decimal("0.20"), year=2027)

    total = ProgrammeYear.objects.aggregate(total=Sum("budget"))["total"]
    small = ProgrammeYear.objects.filter(budget__lt=Decimal("0.15")).values_list("year", flat=True)

    assert total == Decimal("0.30")
    assert list(small) == [2026]


@pytest.mark.embedded
@pytest.mark.django_db
def test_a_sum_of_two_columns_is_an_amount_when_it_is_told_so():
    make_year(Decimal("0.10"))

    left = models.ExpressionWrapper(F("budget") + F("committed"), MoneyField())
    row = ProgrammeYear.objects.annotate(left=left).get()

    assert row.left == Decimal("0.10")


@pytest.mark.embedded
@pytest.mark.django_db(transaction=True)
@isolate_apps("core")
def test_a_check_accepts_that_ten_and_twenty_cents_are_thirty():
    class Split(models.Model):
        first = MoneyField()
        second = MoneyField()
        total = MoneyField()
        currency = CurrencyField()

        class Meta:
            app_label = "core"
            constraints = [models.CheckConstraint(condition=Q(total=F("first") + F("second")), name="parts_sum")]

    with connection.schema_editor() as editor:
        editor.create_model(Split)
    try:
        Split.objects.create(first=Decimal("0.10"), second=Decimal("0.20"), total=Decimal("0.30"))
        with pytest.raises(IntegrityError), transaction.atomic():
            Split.objects.create(first=Decimal("0.10"), second=Decimal("0.20"), total=Decimal("0.31"))

        assert Split.objects.get().total == Decimal("0.30")
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(Split)


@isolate_apps("core")
def test_an_amount_without_its_currency_beside_it_is_a_mistake_of_the_model():
    class Lonely(models.Model):
        amount = MoneyField()

        class Meta:
            app_label = "core"

    assert [fault.id for fault in Lonely.check()] == ["core.E001"]
