"""Signing a stored file: what is kept, what is refused and audited, what the database never lets anybody change."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction

from accounts.statuses import MembershipRole, OrganisationKind
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from documents.actions.erasure import erase_document
from documents.actions.signature_words import SENTENCES
from documents.actions.signatures import check_container, expected_signer, sign_document
from documents.actions.store import store_bytes
from documents.formulas.signatures import MustBe
from documents.formulas.unsound import Flaw
from documents.models import Document, Signature
from documents.queries import held_by_signatures
from tests import factories
from tests.documents import authority, files
from tests.documents.authority import AT, BIN, IIN, SIGNING
from tests.documents.signing import CONTENT, contract, head, organisation_of, pin
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
PERSON = {"bin": "", "purposes": (SIGNING, authority.PERSON)}


@shared
def signer():
    return head()


@shared
def firm(signer):
    return organisation_of(signer)


@shared
def document():
    return contract()


@pytest.fixture(autouse=True)
def _noon(at):
    at(AT)


@pytest.fixture
def trust(settings, tmp_path):
    """Pins the test authority of one kind, with its lists."""

    def pinned(kind="ecdsa", **how):
        pin(settings, tmp_path, authority.root(kind), **how)

    return pinned


def container(kind="ecdsa", content=CONTENT, **how) -> ContentFile:
    return ContentFile(authority.sign(authority.issue(kind, **how), content), name="contract.p7s")


def sign(document, signer, firm=None, **how) -> Signature:
    return sign_document(document, **{"way": "file", "by": signer, "organisation": firm, **how})


# --- what is kept ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", authority.KINDS)
def test_a_signature_keeps_what_it_is_and_no_number_of_a_person(document, signer, firm, trust, kind):
    trust(kind)

    signature = sign(document, signer, firm, container=container(kind))

    row = Signature.objects.values().get()
    assert (signature.sha256, signature.way, signature.result) == (document.sha256, "file", "unrevoked_unknown")
    assert (signature.signed_by, signature.organisation, signature.signed_at) == (signer, firm, AT)
    assert (signature.role, signature.issuer, signature.is_test) == ("head", "ТЕСТ ҰКО", True)
    assert [name for name, value in row.items() if IIN in str(value) or BIN in str(value)] == []
    assert signature.container.file.read() == authority.sign(authority.issue(kind), CONTENT)
    assert (signature.container.media_type, signature.scan) == ("application/pkcs7-signature", None)


def test_plainly_valid_is_said_only_after_a_list_of_the_revoked(document, signer, firm, trust):
    trust(lists=(authority.revoke(authority.root("ecdsa"), 5),), is_test=False)

    signature = sign(document, signer, firm, container=container())

    assert (signature.result, signature.is_test) == ("valid", False)
    assert signature.revocation_at == AT - authority.timedelta(hours=1)


def test_without_a_pinned_authority_a_signature_is_attached_and_not_checked(document, signer, firm):
    signature = sign(document, signer, firm, container=container())

    assert (signature.result, signature.algorithm) == ("attached", "ECDSA, SHA-256")


def test_a_list_that_cannot_be_read_is_left_out_and_said_in_the_log(document, signer, firm, trust, caplog):
    trust(lists=(b"half",))

    signature = sign(document, signer, firm, container=container())

    assert signature.result == "unrevoked_unknown"
    assert "0.crl" in caplog.text


def test_an_authority_that_cannot_be_read_stops_everything(document, signer, firm, trust, settings, tmp_path):
    trust()
    (tmp_path / "authorities" / "bad.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")

    with pytest.raises(ImproperlyConfigured, match=r"bad\.pem"):
        sign(document, signer, firm, container=container())


def test_a_scan_is_attached_and_not_checked(document, signer, firm):
    signature = sign(document, signer, firm, way="scan", scan=files.upload("қол қойылған.pdf", files.pdf()))

    assert (signature.result, signature.container, signature.algorithm) == ("attached", None, "")
    assert signature.scan.original_name == "қол қойылған.pdf"


@pytest.mark.parametrize("way", ["file", "scan"])
def test_the_same_file_twice_is_one_signature(document, signer, firm, trust, way):
    trust()
    given = {
        "file": lambda: {"container": container()},
        "scan": lambda: {"scan": files.upload("a.pdf", files.pdf())},
    }[way]

    first = sign(document, signer, firm, way=way, **given())
    again = sign(document, signer, firm, way=way, **given())

    assert first == again
    assert (Signature.objects.count(), AuditEvent.objects.filter(verb="signature.add").count()) == (1, 1)


def test_the_same_container_in_base64_is_the_same_signature(document, signer, firm):
    raw = authority.sign(authority.issue("ecdsa"), CONTENT)

    first = sign(document, signer, firm, container=raw)
    again = sign(document, signer, firm, way="ncalayer", container=authority.as_base64(raw))

    assert first == again


def test_the_trail_holds_hashes_and_no_personal_word(document, signer, firm, trust):
    trust()

    signature = sign(document, signer, firm, container=container())

    event = AuditEvent.objects.get(verb="signature.add")
    assert (event.actor_id, event.object_id) == (signer.pk, signature.public_id)
    assert event.data == {
        "document": document.public_id,
        "sha256": document.sha256,
        "fingerprint": signature.fingerprint,
        "way": "file",
        "result": "unrevoked_unknown",
    }


# --- whose key it has to be -----------------------------------------------------------------------------------------


def test_whose_key_it_has_to_be(signer, firm):
    kinds = {
        kind: factories.make_organisation(signer, kind=kind, identifier="990101300012")
        for kind in (OrganisationKind.PERSON, OrganisationKind.SOLE_PROPRIETOR, OrganisationKind.NPO)
    }
    team = factories.make_organisation(signer, kind=OrganisationKind.TEAM, identifier="")

    assert expected_signer(signer, firm) == MustBe(iin=IIN, bin=BIN)
    assert expected_signer(signer, None) == MustBe(iin=IIN)
    assert expected_signer(signer, team) == MustBe(iin=IIN)
    assert [expected_signer(signer, one) for one in kinds.values()] == [
        MustBe(iin="990101300012"),
        MustBe(iin="990101300012"),
        MustBe(iin=IIN, bin="990101300012"),
    ]


def test_who_has_no_iin_cannot_sign_as_a_person(document):
    with pytest.raises(Refused) as refused:
        sign(document, factories.make_user(), container=container(**PERSON))

    assert refused.value.code == "no_iin"


def test_only_an_owner_signs_for_an_organisation(document, firm):
    editor = head()
    factories.add_member(firm, editor, MembershipRole.EDITOR)

    with pytest.raises(NotAllowed):
        sign(document, editor, firm, container=container())
    with pytest.raises(NotAllowed):
        sign(document, editor, firm, way="scan", scan=files.upload("a.pdf", files.pdf()))

    assert Signature.objects.count() == 0


def test_staff_sign_with_the_bin_of_the_house(document, trust):
    trust()
    officer = factories.make_staff("officer")

    signature = sign(document, officer, container=container(), must_be=MustBe(bin=BIN))

    assert (signature.signed_by, signature.organisation) == (officer, None)


# --- what is refused: in words, audited, and not stored -------------------------------------------------------------


def refuse(document, signer, firm, **how) -> str:
    with pytest.raises(Refused) as refused:
        sign(document, signer, firm, **how)
    return refused.value.code


BAD = {
    Flaw.TAMPERED: lambda: {"container": container(content=CONTENT + b"\n")},
    Flaw.PURPOSE: lambda: {"container": container(purposes=(authority.LOGIN, authority.HEAD))},
    Flaw.WRONG_IIN: lambda: {"container": container(iin="900101300000")},
    Flaw.WRONG_BIN: lambda: {"container": container(bin="250440000001")},
    Flaw.ROLE: lambda: {"container": container(purposes=(SIGNING, authority.EMPLOYEE))},
    Flaw.EXPIRED: lambda: {"container": container(until=AT - authority.timedelta(days=1))},
    Flaw.NOT_YET_VALID: lambda: {"container": container(since=AT + authority.timedelta(days=1))},
    Flaw.UNKNOWN_AUTHORITY: lambda: {"container": container("rsa")},
    Flaw.ENCAPSULATED: lambda: {"container": authority.sign(authority.issue("ecdsa"), CONTENT, inside=True)},
    Flaw.UNREADABLE: lambda: {"container": ContentFile(b"hello", name="a.sig")},
}


@pytest.mark.parametrize("flaw", BAD)
def test_a_flawed_signature_is_refused_in_words_audited_and_not_stored(document, signer, firm, trust, flaw):
    trust()
    before = Document.objects.count()

    code = refuse(document, signer, firm, **BAD[flaw]())

    event = AuditEvent.objects.get(verb="signature.refuse")
    assert (code, event.data) == (flaw, {"flaw": flaw, "sha256": document.sha256})
    assert (event.object_id, event.actor_id) == (document.public_id, signer.pk)
    assert (Signature.objects.count(), Document.objects.count()) == (0, before)


def test_each_flaw_has_its_own_sentence_that_says_what_to_do():
    said = {str(sentence) for sentence in SENTENCES.values()}

    assert set(SENTENCES) == set(Flaw)
    assert len(said) == len(Flaw)


def test_a_checked_container_is_good_for_its_own_document_alone(document, signer, firm):
    other = store_bytes(CONTENT, name="b.pdf", media_type="application/pdf", by=None)
    checked = check_container(document, container(), must_be=MustBe(iin=IIN, bin=BIN), by=signer)

    with pytest.raises(ValueError, match="another signature"):
        sign(other, signer, firm, container=checked)

    assert sign(document, signer, firm, container=checked).document == document


def test_a_container_that_another_person_sent_is_not_taken(document, signer, firm):
    sign(document, signer, firm, container=container())
    colleague = factories.make_user(iin="")
    factories.add_member(firm, colleague, MembershipRole.OWNER)

    assert refuse(document, colleague, firm, container=container()) == "sent_before"


def test_nothing_sent_is_said_so(document, signer, firm):
    assert [refuse(document, signer, firm, way=way) for way in ("scan", "file", "ncalayer")] == ["missing"] * 3


def test_an_erased_document_is_signed_no_more(document, signer, firm):
    erase_document(document, by=None)
    document.refresh_from_db()

    assert refuse(document, signer, firm, container=container()) == "erased"
    assert refuse(document, signer, firm, way="scan", scan=files.upload("a.pdf", files.pdf())) == "erased"


def test_a_document_that_is_too_long_for_a_slow_hash_is_signed_on_paper(signer, firm):
    long = store_bytes(b"x" * (2 * 1024 * 1024 + 1), name="long.pdf", media_type="application/pdf", by=None)

    assert refuse(long, signer, firm, container=container()) == "long"


# --- the database's last word ---------------------------------------------------------------------------------------


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


CHANGES = [
    "result = 'valid', revocation_at = signed_at",
    "sha256 = 'other'",
    "signed_at = '2020-01-01 00:00:00'",
    "role = 'person'",
    "is_test = NOT is_test",
    "signed_by_id = signed_by_id + 1",
    "container_id = NULL",
    "fingerprint = 'other'",
]


@pytest.mark.parametrize("change", CHANGES)
def test_raw_sql_cannot_change_a_signature(document, signer, firm, change):
    signature = sign(document, signer, firm, container=container())

    with pytest.raises(IntegrityError, match="append-only"):
        run(f"UPDATE documents_signature SET {change} WHERE id = %s", signature.pk)
    with pytest.raises(IntegrityError, match="append-only"):
        run("DELETE FROM documents_signature WHERE id = %s", signature.pk)


COLUMNS = "public_id, document_id, sha256, way, result, container_id, fingerprint, signed_by_id, signed_at, "
COLUMNS += "algorithm, serial, issuer, role, valid_from, valid_until, is_test, revocation_at"


def copied(signature, **instead):
    """A row like `signature` by raw SQL, with some columns otherwise."""
    given = {"public_id": "'fresh'", "fingerprint": "'fresh'", **instead}
    chosen = ", ".join(given.get(name, name) for name in COLUMNS.split(", "))
    run(f"INSERT INTO documents_signature ({COLUMNS}) SELECT {chosen} FROM documents_signature")


@pytest.mark.parametrize(
    ("instead", "rule"),
    [
        ({"result": "'valid'"}, "valid_only_when_revocation_was_checked"),
        ({"revocation_at": "signed_at"}, "valid_only_when_revocation_was_checked"),
        ({"way": "'scan'"}, "signature_has_its_file|signature_found_sound"),
        ({"container_id": "NULL"}, "signature_has_its_file"),
        ({"serial": "''"}, "signature_found_sound_has_a_certificate"),
        ({"sha256": "'other'"}, "names the hash of its own document"),
        ({"fingerprint": "fingerprint"}, "append-only|one_signature_per_container"),
    ],
)
def test_raw_sql_cannot_write_a_signature_that_claims_more_than_was_checked(
    document, signer, firm, trust, instead, rule
):
    trust()
    signature = sign(document, signer, firm, container=container())

    with pytest.raises(IntegrityError, match=rule):
        copied(signature, **instead)
    copied(signature)

    assert Signature.objects.count() == 2


# --- what holds what ------------------------------------------------------------------------------------------------


def test_files_that_signatures_hold_are_found_in_one_query(document, signer, firm, django_assert_num_queries):
    signature = sign(document, signer, firm, container=container())
    other = contract()

    with django_assert_num_queries(1):
        held = held_by_signatures([document.pk, signature.container_id, other.pk])

    assert held == {document.pk, signature.container_id}
