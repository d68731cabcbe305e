"""Links of fiscal receipts: what is proposed is right or empty, never wrong in silence."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.formulas.fiscal_links import FIRST, FiscalLink, read_link

TODAY = date(2026, 11, 22)
LINKS = json.loads((Path(__file__).parent / "data" / "fiscal_links.json").read_text())["links"]
BY_ID = {row["id"]: row for row in LINKS}


def expected(row: dict) -> FiscalLink:
    return FiscalLink(
        is_known=row["is_known"],
        spent_on=row["spent_on"] and date.fromisoformat(row["spent_on"]),
        amount=row["amount"] and Decimal(row["amount"]),
        sign=row["sign"],
        register=row["register"],
    )


@pytest.mark.parametrize("row", LINKS, ids=lambda row: row["id"])
def test_a_link_proposes_what_it_says_and_nothing_more(row):
    assert read_link(row["link"], today=TODAY) == expected(row)


def test_copies_of_a_receipt_have_one_key_and_others_another():
    keys = {row["id"]: read_link(row["link"], today=TODAY).key for row in LINKS}
    copies = [row["id"] for row in LINKS if row.get("same_as") == "Kazakhtelecom"]

    assert len(copies) == 3
    assert {keys[name] for name in copies} == {keys["Kazakhtelecom"]}
    assert keys["another receipt of that register"] != keys["Kazakhtelecom"]


@given(st.text(max_size=600))
def test_whatever_is_put_in_nothing_is_taken_from_what_is_no_link_of_an_operator(text):
    assert read_link(text, today=TODAY) in (FiscalLink(), FiscalLink(is_known=True))


@given(
    day=st.dates(FIRST, TODAY),
    tiyn=st.integers(1, 10**12),
    sign=st.integers(10**9, 10**12),
    register=st.integers(0, 10**12 - 1),
)
def test_what_a_register_prints_is_read_back(day, tiyn, sign, register):
    amount = Decimal(tiyn) / 100
    link = f"https://consumer.oofd.kz/?i={sign}&f={register:012}&s={amount:.2f}&t={day:%Y%m%d}T101500"

    read = read_link(link, today=TODAY)

    assert read == FiscalLink(True, day, amount.quantize(Decimal("0.01")), str(sign), f"{register:012}")


@given(st.sampled_from(LINKS), st.integers(0, 200), st.sampled_from("0123456789.,&=#%T/"))
def test_a_damaged_link_never_gives_a_day_to_come_nor_a_sum_that_is_none(row, place, mark):
    link = row["link"]
    damaged = link[:place] + mark + link[place + 1 :]

    read = read_link(damaged, today=TODAY)

    assert read.amount is None or read.amount > 0
    assert read.spent_on is None or FIRST <= read.spent_on <= TODAY
