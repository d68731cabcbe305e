"""Files attached inside a PDF: signature containers may stay, everything else may not.

Certificates of electronic government come as a PDF that carries its own signature as an attachment; printing such a
PDF anew would take its proof away (docs/decisions/0007-attachments-in-pdf.md).
"""

import re
from typing import Any

from pypdf.generic import DictionaryObject, StreamObject

from documents.formulas.faults import Fault, Unacceptable

NAMES = re.compile(r"^[^/\\]{1,200}\.(p7s|p7m|cms|sig|xml)$", re.IGNORECASE)
LARGEST = 256 * 1024  # a signature with its chain and a time stamp has 10 to 60 kB
MOST = 10
DER = re.compile(rb"^\x30[\x80-\x84]")  # CMS is a DER sequence with a length of several bytes
PEM = re.compile(rb"^-----BEGIN (PKCS7|CMS)-----")
XML_SIGNATURE = re.compile(rb"http://www\.w3\.org/(2000/09|2001/04)/xmldsig")
XML_TRICKS = re.compile(rb"<!ENTITY|<!DOCTYPE|<\?xml-stylesheet", re.IGNORECASE)


def is_specification(found: DictionaryObject) -> bool:
    """Whether this dictionary names an attached file (PDF 32000-1, 7.11.3)."""
    return "/EF" in found


def is_attached(found: DictionaryObject) -> bool:
    """Whether this is the attached file itself (7.11.4)."""
    return _value(found, "/Type") == "/EmbeddedFile"


def refuse_strange(specifications: list[DictionaryObject], attached: list[DictionaryObject]) -> None:
    """Raises Unacceptable unless every attached file is named by a specification and is a small signature."""
    if len(specifications) > MOST or len(attached) > MOST:
        raise Unacceptable(Fault.ATTACHMENT)
    named = [content for specification in specifications for content in _contents(specification)]
    if any(not any(content is known for known in named) for content in attached):
        raise Unacceptable(Fault.ATTACHMENT)


def _contents(specification: DictionaryObject) -> list[StreamObject]:
    names = [str(specification[key]) for key in ("/F", "/UF") if key in specification]
    if not names or not all(NAMES.match(name) for name in names):
        raise Unacceptable(Fault.ATTACHMENT)
    places = specification["/EF"].get_object()
    if not isinstance(places, DictionaryObject):
        raise Unacceptable(Fault.ATTACHMENT)
    contents = []
    for key in places:
        content = places[key].get_object()
        if not isinstance(content, StreamObject) or not _is_signature(content):
            raise Unacceptable(Fault.ATTACHMENT)
        contents.append(content)
    return contents


def _is_signature(content: StreamObject) -> bool:
    if len(content._data) > LARGEST:  # packed, before it is unpacked
        return False
    data = content.get_data()
    if len(data) > LARGEST:
        return False
    if DER.match(data) or PEM.match(data):
        return True
    is_xml = data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    return is_xml and bool(XML_SIGNATURE.search(data)) and not XML_TRICKS.search(data)


def _value(found: DictionaryObject, key: str) -> Any:
    return found[key] if key in found else None  # noqa: SIM401
