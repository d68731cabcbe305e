"""Identifiers against the reference vectors.

Source: the project's reference for Kazakhstan (kz_reference.py): 10 valid, 20 refused, 5 accepted with a warning, the
published IBAN example, accounts with right and wrong check digits, phones as people type them. Every number is
constructed; none was looked up in any register.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identifiers import (
    check_bin,
    check_iban,
    check_iin,
    control_digit,
    maybe_minor,
    normalise_phone,
    readable_phone,
)

TODAY = date(2026, 3, 1)
CHECKS = {"iin": check_iin, "bin": check_bin}
VALID = [
    ("iin", "990101100000"),  # born 1899, m
    ("iin", "991231200007"),  # born 1899, f
    ("iin", "850615300000"),  # second pass: 10 -> 0
    ("iin", "910228400006"),
    ("iin", "040229500005"),  # leap day
    ("bin", "250440000004"),  # head office
    ("bin", "251041000008"),  # branch
    ("bin", "251152000001"),  # representation of a foreign company
    ("bin", "260160000004"),  # joint sole proprietorship
    ("bin", "981240000001"),  # registered in 1998
]
INVALID = [
    ("iin", "", "format"),
    ("iin", "99010110000", "format"),
    ("iin", "9901011000000", "format"),
    ("iin", "99010110000A", "format"),
    ("iin", "٩٩٠١٠١١٠٠٠٠٠", "format"),
    ("iin", "000000000000", "format"),
    ("iin", "111111111111", "format"),
    ("iin", "99O101100000", "format"),
    ("iin", "+990101100000", "format"),
    ("iin", "990101100001", "checksum"),
    ("iin", "990110100000", "checksum"),
    ("iin", "850615300001", "checksum"),
    ("iin", "910228400060", "checksum"),
    ("iin", "123456789011", "checksum"),
    ("iin", "990514100388", "checksum"),
    ("bin", "250440000005", "checksum"),
    ("bin", "250404000004", "checksum"),
    ("bin", "251041000080", "checksum"),
    ("bin", "250740000690", "unassignable"),
    ("bin", "250740000060", "checksum"),
]
# First eleven digits: the reference gives these vectors with their check digit computed.
WARNED = [
    ("iin", "25044000000", "looks_like_bin"),
    ("bin", "85061530000", "looks_like_iin"),
    ("iin", "99010190000", "century_digit"),
    ("iin", "04023050000", "date"),
    ("iin", "99010150000", "future_date"),
]


@pytest.mark.parametrize(("kind", "value"), VALID)
def test_a_right_identifier_is_accepted_without_a_word(kind, value):
    found = CHECKS[kind](value, today=TODAY)

    assert (found.value, found.error, found.warnings) == (value, "", ())


@pytest.mark.parametrize(("kind", "value", "error"), INVALID)
def test_a_wrong_identifier_is_refused_for_its_reason(kind, value, error):
    found = CHECKS[kind](value, today=TODAY)

    assert (found.ok, found.error) == (False, error)


@pytest.mark.parametrize(("kind", "eleven", "warning"), WARNED)
def test_an_odd_identifier_is_accepted_with_a_warning(kind, eleven, warning):
    found = CHECKS[kind](f"{eleven}{control_digit(eleven)}", today=TODAY)

    assert (found.error, found.warnings) == ("", (warning,))


def test_the_check_digit_needs_a_second_pass_where_the_first_gives_ten():
    first_pass = sum(int(digit) * weight for digit, weight in zip("85061530000", range(1, 12), strict=True)) % 11

    assert (first_pass, control_digit("85061530000")) == (10, 0)


@pytest.mark.parametrize("pasted", ["990101 100-000", " 990101100000 ", "990101\u00a0100000", "990101–100000"])
def test_spaces_and_dashes_that_people_paste_are_dropped(pasted):
    assert check_iin(pasted, today=TODAY).value == "990101100000"


@given(st.from_regex(r"[0-9]{11}", fullmatch=True))
def test_exactly_one_last_digit_is_right_or_the_number_is_never_issued(eleven):
    right = [d for d in "0123456789" if check_iin(eleven + d, today=TODAY).ok]
    expected = control_digit(eleven)

    if expected is None or len(set(eleven + str(expected))) == 1:
        assert right == []
    else:
        assert right == [str(expected)]


@given(st.text(max_size=20))
def test_whatever_is_typed_is_answered_without_an_error(raw):
    found = check_bin(raw, today=TODAY)

    assert found.error in {"", "format", "checksum", "unassignable"}


@pytest.mark.parametrize("account", ["KZ86 125K ZT50 0410 0100", "kz86125kzt5004100100"])
def test_the_published_account_number_is_right(account):
    found = check_iban(account)

    assert (found.value, found.error) == ("KZ86125KZT5004100100", "")


@pytest.mark.parametrize(
    ("account", "error"),
    [
        ("KZ85125KZT5004100100", "checksum"),
        ("KZ86125KZT500410010", "format"),
        ("RU86125KZT5004100100", "format"),
        ("KZ86A25KZT5004100100", "format"),
        ("KZ123456789012345678", "checksum"),
    ],
)
def test_a_wrong_account_number_is_refused(account, error):
    assert check_iban(account).error == error


@pytest.mark.parametrize(
    "raw", ["8 (701) 123-45-67", "+7 701 123 45 67", "77011234567", "7011234567", "+7(701)1234567", "+7(0)7011234567"]
)
def test_a_phone_of_kazakhstan_is_understood_as_people_type_it(raw):
    assert normalise_phone(raw) == "+77011234567"


@pytest.mark.parametrize("raw", ["12345", "", "8701123456", "нет телефона"])
def test_what_is_no_phone_is_refused(raw):
    assert normalise_phone(raw) is None


@pytest.mark.parametrize(("raw", "kept"), [("+7 916 123 45 67", "+79161234567"), ("+996 555 123456", "+996555123456")])
def test_a_phone_of_another_country_is_kept_as_it_is(raw, kept):
    """The reference's own function knows Kazakhstan alone; the design takes the library, which knows every country."""
    assert normalise_phone(raw) == kept


def test_an_almaty_landline_is_kept_though_the_library_calls_it_invalid():
    assert normalise_phone("8 727 250 00 00") == "+77272500000"


@pytest.mark.parametrize("raw", ["8 701 123", "250 00 00", "+7 727 250"])
def test_what_can_be_dialled_within_one_town_alone_is_no_number_to_keep(raw):
    assert normalise_phone(raw) is None


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("+77011234567", "+7 701 123 45 67"),
        ("+77272500000", "+7 727 250 00 00"),
        ("+12025550123", "+1 202 555 0123"),
        ("+998901234567", "+998 90 123 45 67"),
        ("", ""),
        ("нет", "нет"),
    ],
)
def test_a_kept_phone_is_shown_back_as_people_read_it_and_typed_so_it_is_the_same(kept, shown):
    assert readable_phone(kept) == shown.replace(" ", "\u00a0")
    assert normalise_phone(shown) == (kept if kept.startswith("+") else None)


@pytest.mark.parametrize("digits", ["00", "01", "99"])
def test_check_digits_that_no_bank_issues_are_refused_though_the_remainder_fits(digits):
    accounts = (f"KZ{digits}125{n:013d}" for n in range(1000))
    fits = next(a for a in accounts if int("".join(str(int(c, 36)) for c in a[4:] + a[:4])) % 97 == 1)

    assert check_iban(fits).error == "checksum"


@pytest.mark.parametrize(
    ("iin", "today", "expected"),
    [
        ("040229500005", date(2022, 2, 28), True),
        ("040229500005", date(2022, 3, 1), False),  # born on 29 February, of age on 1 March
        ("910228400006", TODAY, False),
        ("990101900006", TODAY, False),  # no century: no hint
        ("040230500000", TODAY, False),  # no such day: no hint
        ("250440000004", TODAY, False),  # a BIN
        ("990101500004", TODAY, False),  # in the future: no hint
        ("", TODAY, False),
    ],
)
def test_the_date_inside_an_iin_only_hints_at_a_minor(iin, today, expected):
    assert maybe_minor(iin, today=today) is expected
