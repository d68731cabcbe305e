"""The words of the interface go out as one sheet and come back; a missing or broken translation is a fault."""

import shutil
from pathlib import Path

import polib
import pytest
from openpyxl import load_workbook

from portal.actions import texts
from portal.queries import texts as queries
from portal.queries.texts import LANGUAGES, Phrase, entries, faults


@pytest.fixture
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Our catalogues, copied, so that an import changes no file of the tree."""
    for language in LANGUAGES:
        shutil.copy(queries.po_path(language), tmp_path / f"{language}.po")
    for module in (queries, texts):
        monkeypatch.setattr(module, "po_path", lambda language: tmp_path / f"{language}.po")
    return tmp_path


def sheet(path: Path):
    book = load_workbook(path)
    return book, book.active


def test_the_sheet_has_every_text_with_kazakh_russian_and_english_side_by_side(catalogues: Path):
    rows = texts.export_xlsx(catalogues / "words.xlsx")

    _book, page = sheet(catalogues / "words.xlsx")
    assert [cell.value for cell in page[1]] == list(texts.HEAD)
    assert page.max_row == rows + 1
    assert rows >= len(entries("ru"))
    first_forms = [row for row in range(2, page.max_row + 1) if page.cell(row, 2).value in (None, "", "0", "1")]
    assert all(page.cell(row, 4).value and page.cell(row, 5).value for row in first_forms)


def test_a_readers_change_comes_back_and_nothing_else_changes(catalogues: Path):
    texts.export_xlsx(catalogues / "words.xlsx")
    book, page = sheet(catalogues / "words.xlsx")
    row = next(r for r in range(2, page.max_row + 1) if page.cell(r, 2).value in (None, ""))
    context, english = page.cell(row, 1).value or "", page.cell(row, 3).value
    page.cell(row, 4).value = "Жаңа сөз"
    book.save(catalogues / "words.xlsx")

    changed = texts.import_xlsx(catalogues / "words.xlsx")

    assert changed == 1
    assert entries("kk")[(context, english)].msgstr == "Жаңа сөз"


def test_a_text_that_the_code_does_not_know_is_refused(catalogues: Path):
    texts.export_xlsx(catalogues / "words.xlsx")
    book, page = sheet(catalogues / "words.xlsx")
    page.cell(2, 3).value = "A text that nobody wrote"
    book.save(catalogues / "words.xlsx")

    with pytest.raises(ValueError, match="A text that nobody wrote"):
        texts.import_xlsx(catalogues / "words.xlsx")


def catalogue_with(path: Path, **entry: str) -> None:
    made = polib.POFile()
    made.append(polib.POEntry(**entry))
    made.save(str(path))


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"msgid": "Left: %(count)s", "msgstr": ""}, "not translated"),
        ({"msgid": "Left: %(count)s", "msgstr": "Қалды: %(number)s"}, "placeholders differ"),
        ({"msgid": "Left: %(count)s", "msgstr": "Қалды: %(count)s %"}, "placeholders differ"),
        ({"msgid": "Another", "msgstr": "Басқа"}, "not translated"),
    ],
)
def test_a_fault_of_a_catalogue_is_named(catalogues: Path, entry: dict[str, str], fault: str):
    catalogue_with(catalogues / "kk.po", **entry)

    [found, *_rest] = faults("kk", [Phrase("Left: %(count)s", place="grants/actions/decisions.py")])

    assert fault in found


def test_a_whole_catalogue_has_no_fault(catalogues: Path):
    catalogue_with(catalogues / "kk.po", msgid="Left: %(count)s", msgstr="Қалды: %(count)s")

    assert list(faults("kk", [Phrase("Left: %(count)s")])) == []


def test_a_texts_percent_sign_is_doubled_as_django_looks_it_up():
    phrases = {phrase.msgid for phrase in queries.extract()}

    assert "at least %(percent)s %% of the whole project" in phrases
