"""Bringing catalogues up to date with the code, out to a native reader as XLSX, and back."""

from pathlib import Path

import polib
import xlsxwriter
from openpyxl import load_workbook

from portal.queries.texts import FORMS, LANGUAGES, Phrase, catalogue, entries, po_path

HEAD = ("Context", "Form", "English", "Қазақша", "Русский", "Where")


def update(phrases: list[Phrase]) -> dict[str, int]:
    """Adds what is new (empty), drops what is not used now, keeps the code's order; returns what waits by language."""
    waiting = {}
    for language in LANGUAGES:
        kept, made = entries(language), catalogue(language)
        made.clear()
        for phrase in phrases:
            made.append(_entry(phrase, kept.get(phrase.key), language))
        save(made, language)
        waiting[language] = sum(1 for entry in made if not entry.translated())
    return waiting


def _entry(phrase: Phrase, kept: polib.POEntry | None, language: str) -> polib.POEntry:
    entry = polib.POEntry(msgid=phrase.msgid, msgctxt=phrase.context or None, occurrences=[(phrase.place, "")])
    if phrase.plural:
        entry.msgid_plural = phrase.plural
        old = kept.msgstr_plural if kept else {}
        entry.msgstr_plural = {n: old.get(n, "") for n in range(FORMS[language])}
    else:
        entry.msgstr = kept.msgstr if kept else ""
    if "%(" in phrase.msgid:
        entry.flags.append("python-format")
    return entry


def save(made: polib.POFile, language: str) -> None:
    """Writes a catalogue to its place."""
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(str(path))


def export_xlsx(path: Path) -> int:
    """All texts, one row per form, kk/ru/en side by side; returns how many rows."""
    kk, ru = entries("kk"), entries("ru")
    with xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("texts")
        sheet.freeze_panes(1, 0)
        sheet.set_column(2, 4, 60)
        sheet.write_row(0, 0, HEAD, book.add_format({"bold": True}))
        number = 0
        for key, entry in sorted(ru.items()):
            for row in _rows(entry, kk.get(key)):
                number += 1
                sheet.write_row(number, 0, row)
    return number


def _rows(russian: polib.POEntry, kazakh: polib.POEntry | None) -> list[tuple[str, ...]]:
    context, place = russian.msgctxt or "", russian.occurrences[0][0] if russian.occurrences else ""
    if not russian.msgid_plural:
        return [(context, "", russian.msgid, kazakh.msgstr if kazakh else "", russian.msgstr, place)]
    kk_forms = kazakh.msgstr_plural if kazakh else {}
    return [
        (
            context,
            str(n),
            russian.msgid if n == 0 else russian.msgid_plural,
            kk_forms.get(n, ""),
            russian.msgstr_plural[n],
            place,
        )
        for n in sorted(russian.msgstr_plural)
    ]


def import_xlsx(path: Path) -> int:
    """Takes Kazakh and Russian texts from a returned sheet; returns how many changed. Unknown rows: ValueError."""
    sheet = load_workbook(path, read_only=True).active
    books = {language: catalogue(language) for language in LANGUAGES}
    found = {lang: {(e.msgctxt or "", e.msgid): e for e in book} for lang, book in books.items()}
    by_plural = {
        lang: {(e.msgctxt or "", e.msgid_plural): e for e in book if e.msgid_plural} for lang, book in books.items()
    }
    changed = 0
    for context, form, english, kk, ru, *_place in sheet.iter_rows(min_row=2, values_only=True):
        for language, text in (("kk", kk), ("ru", ru)):
            key = (context or "", english)
            entry = found[language].get(key) or by_plural[language].get(key)
            if entry is None:
                raise ValueError(f"This text is not in the catalogue (was its English changed?): {english!r}")
            changed += _put(entry, form, text or "")
    for language, book in books.items():
        save(book, language)
    return changed


def _put(entry: polib.POEntry, form: str | None, text: str) -> int:
    if form in (None, ""):
        before, entry.msgstr = entry.msgstr, text
        return before != text
    number = int(form)
    if number not in entry.msgstr_plural:
        return 0
    before, entry.msgstr_plural[number] = entry.msgstr_plural[number], text
    return before != text
