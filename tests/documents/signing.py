"""A stored PDF, who signs it, and the authorities that the settings pin, for the tests of signatures."""

from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from accounts.models import Organisation, User
from documents.actions.store import store_bytes
from documents.models import Document
from tests import factories
from tests.documents import authority

CONTENT = factories.PDF


def contract() -> Document:
    """A PDF that we made."""
    return store_bytes(CONTENT, name="GR-2026-00001.pdf", media_type="application/pdf", by=None)


def head(**fields: Any) -> User:
    """A person with the IIN of the test certificates."""
    return factories.make_user(iin=authority.IIN, **fields)


def organisation_of(person: User, **fields: Any) -> Organisation:
    """Their ТОО, with the BIN of the test certificates."""
    return factories.make_organisation(person, **{"identifier": authority.BIN, **fields})


def pin(settings: Any, folder: Path, *holders: authority.Holder, is_test: bool = True, lists: tuple[bytes, ...] = ()):
    """Lays the certificates and lists into folders, and names these in the settings."""
    for name, files in (("authorities", {}), ("revoked", dict(enumerate(lists)))):
        (folder / name).mkdir(exist_ok=True)
        for number, der in files.items():
            (folder / name / f"{number}.crl").write_bytes(der)
    for number, holder in enumerate(holders):
        pem = x509.load_der_x509_certificate(holder.certificate).public_bytes(Encoding.PEM)
        (folder / "authorities" / f"{number}.pem").write_bytes(pem)
    setting = "SIGNATURE_TEST_AUTHORITIES" if is_test else "SIGNATURE_AUTHORITIES"
    setattr(settings, setting, str(folder / "authorities"))
    settings.SIGNATURE_REVOCATION_LISTS = str(folder / "revoked")
