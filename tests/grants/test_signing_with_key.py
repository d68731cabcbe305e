"""The grantee signs the contract with a key: checked against the very PDF, the account and the organisation."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.statuses import MembershipRole, OrganisationKind
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from documents.statuses import SignatureResult
from grants.actions.signing import sign_with_key
from grants.models import Contract
from grants.statuses import AwardStatus
from tests import factories
from tests import factories_awards as make
from tests.documents import authority
from tests.documents.signing import pin

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(at, settings, tmp_path) -> Contract:
    """Of a ТОО and its head, whose numbers the test certificates carry; the test authority is pinned."""
    at(authority.AT)
    pin(settings, tmp_path, authority.root("ecdsa"))
    made = make.make_contract()
    owner = make.owner_of(made.award)
    User.objects.filter(pk=owner.pk).update(iin=authority.IIN)
    numbers = {"identifier": authority.BIN, "kind": OrganisationKind.LLP}
    Organisation.objects.filter(pk=made.award.application.organisation_id).update(**numbers)
    rows = Contract.objects.select_related("document", "award__application__organisation")
    return rows.get(pk=made.pk)


def owner_of(contract: Contract) -> User:
    return User.objects.get(pk=contract.award.application.created_by_id)


def container(contract: Contract, content: bytes | None = None, **how) -> ContentFile:
    """A detached signature under the contract's bytes, or under others."""
    with contract.document.file.open("rb") as stored:
        signed = content or stored.read()
    return ContentFile(authority.sign(authority.issue("ecdsa", **how), signed), name="contract.p7s")


def test_the_owners_key_signs_and_with_the_centres_scan_the_contract_binds(contract):
    signed = sign_with_key(contract, way="file", container=container(contract), by=owner_of(contract))
    make.signing.sign_by_scan(signed, "centre", make.scan(), by=factories.make_user(roles=["secretary"]))

    signature = contract.document.signatures.get()
    contract.refresh_from_db()
    assert (signature.result, signature.is_test) == (SignatureResult.NOT_REVOKED_UNKNOWN, True)
    assert contract.signed_at is not None
    assert make.again(contract.award).status == AwardStatus.SIGNED


@pytest.mark.parametrize("how", [{"content": b"%PDF-1.7 another"}, {"bin": "990140000017"}, {"iin": "850101300121"}])
def test_a_signature_that_is_not_this_one_is_refused_and_leaves_its_audit_event(contract, how):
    with pytest.raises(Refused):
        sign_with_key(contract, way="file", container=container(contract, **how), by=owner_of(contract))

    contract.refresh_from_db()
    assert (contract.grantee_signed_at, contract.document.signatures.count()) == (None, 0)
    assert AuditEvent.objects.filter(verb="signature.refuse").count() == 1


def test_an_editor_signs_for_nobody(contract):
    editor = factories.make_user(iin=authority.IIN)
    factories.add_member(contract.award.application.organisation, editor, MembershipRole.EDITOR)

    with pytest.raises(NotAllowed):
        sign_with_key(contract, way="file", container=container(contract), by=editor)

    assert AuditEvent.objects.filter(verb="signature.refuse").count() == 0


def test_the_page_takes_a_ready_file_and_shows_the_signature_with_its_mark_of_a_test(client, contract):
    client.force_login(owner_of(contract))
    address = reverse("grants:award_contract", args=[contract.award.public_id])
    before = client.get(address)

    file = SimpleUploadedFile("contract.p7s", container(contract).read())
    sent = client.post(address, {"way": "file", "container": file})

    page = client.get(address).content.decode()
    assert "wss://127.0.0.1:13579" in before["Content-Security-Policy"]
    assert sent.status_code == 302
    assert ("ТЕСТ" in page, "data-ncalayer" in page) == (True, False)
