"""What the tests of the check begin from: bytes that are signed, a sound check, and its flaw."""

import pytest

from documents.formulas.signatures import Facts, MustBe, verify
from documents.formulas.unsound import Unsound
from tests.documents import authority as make
from tests.documents.authority import AT, BIN, IIN, SIGNING

CONTENT = b"%PDF-1.7 contract " + bytes(range(256)) * 4
HEAD_OF_ORGANISATION = MustBe(iin=IIN, bin=BIN)
PERSON_CERTIFICATE = {"bin": "", "purposes": (SIGNING, make.PERSON)}


def check(raw: bytes, *, kind: str = "ecdsa", content: bytes = CONTENT, **how) -> Facts:
    given = {"must_be": HEAD_OF_ORGANISATION, "at": AT, "authorities": [make.root(kind).pinned], **how}
    return verify(raw, content, **given)


def flaw_of(raw: bytes, **how) -> str:
    with pytest.raises(Unsound) as found:
        check(raw, **how)
    return found.value.flaw


def signed_by(kind: str, **how) -> bytes:
    return make.sign(make.issue(kind, **how), CONTENT)


def issued_authority(kind: str, **how) -> make.Holder:
    """An authority that stands below the root."""
    key, root = make.key_of(kind, "between"), make.root(kind)
    how = {"is_authority": True, **how}
    return make.Holder(key, make.certificate(key, root.key, "Аралық КО", root.certificate, **how), [])
