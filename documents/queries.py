"""Who is trusted to vouch for a signature, what was revoked, and which files signatures hold."""

import logging
from collections.abc import Collection
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from documents.formulas.certificates import read_certificate
from documents.formulas.chain import Authority, RevocationList, read_list
from documents.formulas.unsound import Unsound
from documents.models import Signature

logger = logging.getLogger(__name__)
LARGEST_LIST = 20 * 1024 * 1024


def authorities() -> list[Authority]:
    """Everybody pinned by the settings; nobody by default. Raises ImproperlyConfigured for a file that is no
    certificate: a portal that trusts fewer than it was told to says so.
    """
    folders = ((settings.SIGNATURE_AUTHORITIES, False), (settings.SIGNATURE_TEST_AUTHORITIES, True))
    return [
        Authority(read_certificate(der), is_test=is_test)
        for folder, is_test in folders
        for path in _files(folder)
        for der in _certificates(path)
    ]


def revocation_lists() -> list[RevocationList]:
    """Lists that somebody keeps fresh. One that cannot be read, perhaps half written, is left out and logged: then a
    signature is not called plainly valid.
    """
    found = []
    for path in _files(settings.SIGNATURE_REVOCATION_LISTS):
        try:
            if path.stat().st_size > LARGEST_LIST:
                raise ValueError("too large")
            found.append(read_list(path.read_bytes()))
        except (ValueError, TypeError, KeyError, OSError) as error:
            logger.warning("a revocation list is left out: %s: %s", path.name, error)
    return found


def _files(folder: str) -> list[Path]:
    if not folder:
        return []
    if not Path(folder).is_dir():
        raise ImproperlyConfigured(f"There is no folder {folder}, which a setting of signatures names.")
    return sorted(path for path in Path(folder).iterdir() if path.is_file() and not path.name.startswith("."))


def _certificates(path: Path) -> list[bytes]:
    raw = path.read_bytes()
    try:
        if b"-----BEGIN" not in raw:
            return [read_certificate(raw).der]
        return [read_certificate(one.public_bytes(Encoding.DER)).der for one in x509.load_pem_x509_certificates(raw)]
    except (ValueError, Unsound) as error:
        raise ImproperlyConfigured(f"{path.name} holds no certificate of an authority: {error}") from error


def held_by_signatures(documents: Collection[int]) -> set[int]:
    """Which of these files were signed, or prove a signature: they stay as long as it does. One query."""
    of_signatures = ("document_id", "container_id", "scan_id")
    named = {f"{name}__in": documents for name in of_signatures}
    rows = Signature.objects.none()
    for name, value in named.items():
        rows = rows | Signature.objects.filter(**{name: value})
    return {key for row in rows.values_list(*of_signatures) for key in row if key in set(documents)}
