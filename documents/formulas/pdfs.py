"""A PDF opens without a password, has a page, and holds nothing that runs: every object of it is looked at."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from documents.formulas.faults import Fault, Unacceptable
from documents.formulas.pdf_signatures import is_attached, is_specification, refuse_strange

MOST_OBJECTS = 60_000


def check_pdf(file: BinaryIO) -> None:
    """Raises Unacceptable for a PDF that is damaged, needs a password, or holds a script, a launch, a strange file."""
    file.seek(0)
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):  # limits on printing alone need no password to open
            raise Unacceptable(Fault.ENCRYPTED)
        if not len(reader.pages):
            raise Unacceptable(Fault.DAMAGED)
        specifications, attached = [], []
        for found in _dictionaries(reader):
            _refuse_what_runs(found)
            specifications += [found] if is_specification(found) else []
            attached += [found] if is_attached(found) else []
        refuse_strange(specifications, attached)
    except Unacceptable:
        raise
    except Exception as error:  # whatever a parser throws at a stranger's file means that it does not open
        raise Unacceptable(Fault.DAMAGED) from error
    finally:
        file.seek(0)


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of the file, those inside object streams too."""
    places = {(number, generation) for generation, table in reader.xref.items() for number in table}
    places |= {(number, 0) for number in reader.xref_objStm}
    if len(places) > MOST_OBJECTS:
        raise Unacceptable(Fault.COMPLEX)
    waiting: list[Any] = [reader.trailer]
    for number, generation in places:
        waiting.append(reader.get_object(IndirectObject(number, generation, reader)))
        while waiting:
            found = waiting.pop()
            if isinstance(found, DictionaryObject):
                yield found
            waiting += [part for part in _parts(found) if isinstance(part, DictionaryObject | ArrayObject)]


def _parts(found: Any) -> Iterator[Any]:
    """What stands directly inside, references not followed: what they lead to has a place of its own."""
    if isinstance(found, DictionaryObject):
        yield from dict.values(found)
    elif isinstance(found, ArrayObject):
        yield from list.__iter__(found)


def _refuse_what_runs(found: DictionaryObject) -> None:
    """Actions are told by /S (PDF 32000-1, 12.6.4)."""
    action = _value(found, "/S")
    if action == "/JavaScript" or (action is not None and "/JS" in found) or "/XFA" in found:
        raise Unacceptable(Fault.SCRIPT)
    if action == "/Launch":
        raise Unacceptable(Fault.LAUNCH)


def _value(found: DictionaryObject, key: str) -> Any:
    """The value under `key`, or None; only the square brackets of pypdf follow a reference."""
    return found[key] if key in found else None  # noqa: SIM401
