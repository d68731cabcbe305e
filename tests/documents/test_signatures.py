"""Files inside a PDF: signature containers stay, everything else is refused (docs/decisions/0007)."""

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from core.refusals import Refused
from documents.actions.check import check_upload
from tests.documents import files

CMS = b"\x30\x82\x0a\x10\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + b"\x00" * 3_000
XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<document><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignatureValue>x</ds:SignatureValue>
</ds:Signature></document>"""
PEM = b"-----BEGIN CMS-----\nMIIK\n-----END CMS-----\n"


def with_files(**attached: bytes):
    def change(writer: PdfWriter) -> None:
        for name, content in attached.items():
            writer.add_attachment(name.replace("__", "."), content)

    return files.pdf(change)


def with_another_name_inside() -> bytes:
    """The name that readers show differs from the one that is looked at first."""

    def change(writer: PdfWriter) -> None:
        writer.add_attachment("sign.p7s", CMS)
        for found in writer._objects:
            if found is not None and "/EF" in getattr(found, "keys", dict)():
                found[NameObject("/UF")] = TextStringObject("invoice.exe")

    return files.pdf(change)


def without_a_name() -> bytes:
    """An embedded file that no specification names."""

    def change(writer: PdfWriter) -> None:
        stream = files._stream(files.PROGRAM)
        stream[NameObject("/Type")] = NameObject("/EmbeddedFile")
        writer._add_object(stream)

    return files.pdf(change)


GOOD = {
    "CMS": {"sign__p7s": CMS},
    "CMS as .cms": {"sign__cms": CMS},
    "CMS in letters": {"sign__p7s": PEM},
    "signed XML": {"document__xml": XML},
    "XML and CMS": {"document__xml": XML, "sign__SIG": CMS},
}
BAD = {
    "a program": with_files(evil__exe=b"MZ"),
    "a program called a signature": with_files(sign__p7s=files.PROGRAM),
    "a ZIP called a signature": with_files(sign__p7s=files.parcel({"a.exe": b"MZ"})),
    "a PDF": with_files(other__pdf=files.pdf()),
    "XML without a signature": with_files(data__xml=b"<?xml version='1.0'?><a/>"),
    "XML with an entity": with_files(data__xml=b'<!DOCTYPE a [<!ENTITY x "y">]>' + XML),
    "XML with a style sheet": with_files(data__xml=b"<?xml-stylesheet href='x'?>" + XML),
    "HTML called XML": with_files(page__xml=b"<html><script>alert(1)</script></html>"),
    "a large signature": with_files(sign__p7s=CMS + b"\0" * 300_000),
    "eleven signatures": with_files(**{f"s{n}__p7s": CMS for n in range(11)}),
    "one right and one wrong": with_files(sign__p7s=CMS, evil__exe=b"MZ"),
    "two names": with_another_name_inside(),
    "no name": without_a_name(),
}


@pytest.mark.parametrize("case", GOOD)
def test_a_signature_inside_a_pdf_stays_and_the_file_byte_for_byte(case):
    content = with_files(**GOOD[case])

    assert check_upload(files.upload("анықтама.pdf", content)).read() == content


@pytest.mark.parametrize("case", BAD)
def test_any_other_file_inside_a_pdf_is_refused(case):
    with pytest.raises(Refused) as refused:
        check_upload(files.upload("a.pdf", BAD[case]))

    assert refused.value.code == "attachment"
