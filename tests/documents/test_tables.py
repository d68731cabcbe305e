"""Tables as XLSX: no cell is a formula, what was written is read back."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from documents.formulas.tables import NotATable, read_table, write_table

HOSTILE = ['=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "{=1}", "http://x.test"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula_or_a_link(text):
    book = load_workbook(BytesIO(write_table(["a"], [[text]], title="t")))

    cell = book.active["A2"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell.value.strip().endswith(text.strip())


def test_numbers_stay_numbers_and_texts_texts():
    rows = [["000102300045", Decimal("2500000.50"), 3, None, ""]]

    book = load_workbook(BytesIO(write_table(["iin", "sum", "count", "none", "empty"], rows, title="t")))

    assert [c.value for c in book.active[2]][:3] == ["000102300045", 2500000.5, 3]


def test_what_was_written_is_read_back():
    rows = [["GR-2026-00001", "000102300045", "Қарыз жоқ"], ["GR-2026-00002", "990102300045"]]

    assert read_table(write_table(["a", "b", "c"], rows, title="t"))[1:] == rows


def test_the_same_rows_give_the_same_bytes():
    assert write_table(["a"], [["x"]], title="t") == write_table(["a"], [["x"]], title="t")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"iin;result\n1;2", b"%PDF-1.7"])
def test_what_is_no_table_says_so(content):
    with pytest.raises(NotATable):
        read_table(content)
