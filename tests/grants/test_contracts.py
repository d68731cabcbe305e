"""From the accepted award to the signed contract: readiness, making, voiding, signing, lapsing."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from core import clock
from core.models import AuditEvent
from core.refusals import Refused
from documents.models import Document
from grants import tasks
from grants.actions.contract_templates import copy_template, make_usual_template, publish_template
from grants.actions.contracts import make_contract, void_contract
from grants.actions.erasure import empty_application
from grants.actions.signing import lapse_contract, late_contracts, sign_by_scan
from grants.formulas.contract_text import fill, placeholders_in, unknown_in
from grants.models import Application, Contract, ContractParagraph, Decision, ProgrammeYear, Tranche
from grants.queries.contract_content import contract_pdf
from grants.queries.contract_templates import template_faults
from grants.queries.papers import applications_holding, papers_held_by
from grants.statuses import ERASED
from notifications.models import Message
from portal.queries.personal_data import documents_of, personal_data
from tests import factories
from tests import factories_awards as make
from tests.shared import shared

pytestmark = pytest.mark.django_db


@shared
def award():
    """Everything is there for a contract."""
    return make.ready_award()


@pytest.fixture
def officer():
    return factories.make_user(roles=["officer"])


@pytest.fixture
def contract(award, officer):
    return make_contract(award, by=officer)


def code_of(action, *what, **how) -> str:
    with pytest.raises(Refused) as caught:
        action(*what, **how)
    return caught.value.code


def late(contract: Contract) -> int:
    Contract.objects.filter(pk=contract.pk).update(sign_due_at=clock.now() - timedelta(minutes=1))
    return contract.pk


# --- the text -------------------------------------------------------------------------------------


def test_placeholders_are_a_closed_list_and_values_stay_text():
    text = "Грант {amount}, {сома}, {oops} және жалғыз { жақша"

    assert placeholders_in("{a} {b_c}") == {"a", "b_c"}
    assert unknown_in(text, {"amount"}) == ["{oops}", "{", "}"]
    assert fill("{a} және {b}", {"a": "{b}", "b": "2"}) == "{b} және 2"


def test_the_usual_template_is_whole_and_an_example(officer):
    template = make_usual_template(by=officer)

    assert template_faults(template) == []
    assert template.is_example


def test_a_wrong_template_is_not_published_and_says_why(officer):
    template = make_usual_template(by=officer)
    template.paragraphs.filter(kind="parties").delete()
    row = template.paragraphs.filter(kind="text").first()
    ContractParagraph.objects.filter(pk=row.pk).update(text_ru="", text_kk="{amuont}")

    with pytest.raises(Refused) as refusal:
        publish_template(template, by=officer)

    assert len(refusal.value.items) == 3
    assert "{amuont}" in " ".join(refusal.value.items)


@pytest.mark.embedded
def test_a_published_template_never_changes_and_is_copied_instead(officer):
    template = publish_template(make_usual_template(by=officer), by=officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        template.paragraphs.update(text_kk="Басқа")

    made = copy_template(template, by=officer)

    assert (made.published_at, made.paragraphs.count()) == (None, template.paragraphs.count())


def test_only_officers_and_administrators_write_templates():
    assert code_of(make_usual_template, by=factories.make_user(roles=["finance"])) == "not_allowed"


# --- making ---------------------------------------------------------------------------------------


def test_a_contract_says_what_it_lacks():
    award = make.accepted_award()

    with pytest.raises(Refused) as refusal:
        make_contract(award, by=factories.make_user(roles=["officer"]))

    assert refusal.value.code == "lacking"
    assert len(refusal.value.items) == 5
    assert Tranche.objects.count() == 0


def test_a_contract_is_made_once_with_tranches_that_sum_to_the_award(award, officer, contract):
    again = make_contract(award, by=officer)

    rows = list(Tranche.objects.filter(award=award))
    assert again == contract
    assert [(row.number, row.percent, row.amount) for row in rows] == [(1, 70, 1_400_000), (2, 30, 600_000)]
    assert contract.number == f"GC-{clock.today().year}-00001"
    assert Message.objects.filter(event="contract_to_sign").count() == 1
    assert code_of(make_contract, award, by=make.owner_of(award)) == "not_an_officer"


def test_the_pdf_is_what_its_inputs_draw_to_the_byte_and_says_both_languages(award, contract):
    inputs = json.loads(contract.inputs.file.read())
    kept = contract.document.file.open().read()

    text = " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(kept)).pages).split())

    assert contract_pdf(inputs) == kept
    assert contract.sha256 == contract.document.sha256
    assert all(words in text for words in ("ШАРТ", "ДОГОВОР", contract.number, "Халық Банкі", "1 400 000"))
    assert award.application.organisation.name in text


def test_what_people_typed_stays_text_on_the_contract(award, officer):
    hostile = '#read("/etc/passwd") $x$ {amount} *b*'
    award.application.title = hostile
    award.application.save(update_fields=["title"])

    kept = make_contract(make.again(award), by=officer).document.file.open().read()

    text = " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(kept)).pages).split())
    assert '#read("/etc/passwd")' in text
    assert "{amount}" in text


def test_the_trail_holds_hashes_and_no_names(award, contract):
    told = AuditEvent.objects.filter(verb__startswith="contract.").values_list("data", flat=True)

    assert list(told) == [{"award": award.public_id, "sha256": contract.sha256}]


def test_a_contract_with_a_mistake_is_void_and_another_one_is_made(award, officer, contract):
    void_contract(contract, reason="Қате атау", by=officer)
    second = make_contract(award, by=officer)

    statuses = list(Tranche.objects.filter(award=award).order_by("pk").values_list("status", flat=True))
    assert second.number.endswith("00002")
    assert statuses == ["cancelled", "cancelled", "planned", "planned"]
    assert Message.objects.filter(event="contract_void").count() == 1
    assert code_of(void_contract, second, reason=" ", by=officer) == "no_reason"


# --- signing --------------------------------------------------------------------------------------


def test_with_both_signatures_the_contract_binds(award, contract):
    signed = make.sign(contract)

    assert (signed.signed_at is not None, make.again(award).status) == (True, "signed")
    assert Message.objects.filter(event="contract_signed").count() == 1
    assert code_of(void_contract, signed, reason="Қате", by=factories.make_user(roles=["officer"])) == "signed"
    assert lapse_contract(late(signed)) is False


def test_each_side_signs_once_and_only_its_own(award, contract):
    owner, stranger = make.owner_of(award), factories.make_user()
    found = [
        code_of(sign_by_scan, contract, "centre", make.scan(), by=owner),
        code_of(sign_by_scan, contract, "grantee", make.scan(), by=stranger),
        code_of(sign_by_scan, contract, "grantee", make.scan(), by=factories.make_user(roles=["finance"])),
    ]

    sign_by_scan(contract, "grantee", make.scan(), by=owner)

    assert found == ["not_allowed"] * 3
    assert make.again(award).status == "offered"
    assert code_of(sign_by_scan, contract, "grantee", make.scan(), by=owner) == "signed"


def test_a_late_owner_does_not_sign_and_staff_enter_what_came_on_paper(award, contract):
    late(contract)
    found = code_of(sign_by_scan, contract, "grantee", make.scan(), by=make.owner_of(award))

    sign_by_scan(contract, "grantee", make.scan(), by=factories.make_user(roles=["secretary"]))

    assert found == "late"
    assert late_contracts() == []


def test_a_void_contract_takes_no_signature(award, officer, contract):
    void_contract(contract, reason="Қате", by=officer)

    assert code_of(sign_by_scan, contract, "grantee", make.scan(), by=make.owner_of(award)) == "void"


@pytest.mark.embedded
def test_the_database_keeps_what_was_signed(contract):
    signed = make.sign(contract)
    refused = 0
    for changed in ({"sha256": "0" * 64}, {"signed_at": None}, {"grantee_scan": None}, {"number": "GC-1"}):
        try:
            with transaction.atomic():
                Contract.objects.filter(pk=signed.pk).update(**changed)
        except DatabaseError:
            refused += 1

    assert refused == 4


# --- the clock ------------------------------------------------------------------------------------


def test_an_unsigned_contract_lapses_once_and_its_money_is_free(award, contract):
    late(contract)

    done = [tasks.close_offers_and_holds() for _n in range(2)]

    contract.refresh_from_db()
    assert done == [1, 0]
    assert (make.again(award).status, make.application_of(award).status) == ("lapsed", "withdrawn")
    assert (contract.voided_at is not None, contract.voided_by) == (True, None)
    assert Decision.objects.get().void_kind == "unsigned"
    assert ProgrammeYear.objects.get().committed == 0
    assert set(Tranche.objects.values_list("status", flat=True)) == {"cancelled"}
    assert Message.objects.filter(event="contract_lapsed").count() == 1


def test_a_contract_that_waits_for_the_centre_does_not_lapse(award, contract):
    sign_by_scan(contract, "grantee", make.scan(), by=make.owner_of(award))

    assert lapse_contract(late(contract)) is False
    assert make.again(award).status == "offered"


def test_owners_are_reminded_twice_and_not_after_they_have_signed(award, contract, at):
    begins = clock.now()
    for before in (20, 3, 3, 1):
        at(contract.sign_due_at - timedelta(days=before, minutes=-5))
        tasks.remind_deadlines()
    told = Message.objects.filter(event="contract_due").count()
    at(begins)
    sign_by_scan(contract, "grantee", make.scan(), by=make.owner_of(award))

    assert told == 2
    assert Message.objects.filter(event="contract_due", cancelled_at=None).count() == 0
    assert set(Message.objects.values_list("event", flat=True)) >= {"contract_to_sign"}


# --- personal data --------------------------------------------------------------------------------


def test_papers_and_contracts_are_held_by_their_application_and_told_to_its_people_alone(award, officer, contract):
    signed = make.sign(contract)
    files = {signed.document_id, signed.inputs_id, signed.grantee_scan_id, signed.centre_scan_id}
    paper = award.papers.get().document_id

    told = set(documents_of(make.owner_of(award)).values_list("pk", flat=True))
    held = Application.objects.filter(applications_holding(Document.objects.filter(pk__in=files)))

    assert papers_held_by([award.application_id]) >= {*files, paper}
    assert list(held) == [make.application_of(award)]
    assert told >= {paper, signed.document_id, signed.grantee_scan_id, signed.centre_scan_id}
    assert documents_of(officer).count() == 0
    assert (
        personal_data(make.owner_of(award))["applications"][0]["awards"][0]["contracts"][0]["number"] == signed.number
    )


@pytest.mark.embedded
def test_erasing_takes_words_and_files_and_leaves_sums_and_hashes(award, contract):
    signed = make.sign(contract)
    before = list(signed.plan.lines.values_list("grant_amount", flat=True))

    empty_application(make.application_of(award), by=None)

    lines = signed.plan.lines.all()
    files = [Document.objects.get(pk=key) for key in (signed.document_id, signed.inputs_id, signed.grantee_scan_id)]
    assert [row.grant_amount for row in lines] == before
    assert {(row.item, row.supplier_identifier) for row in lines} == {(ERASED, "")}
    assert all(one.erased_at and one.sha256 for one in files)
    with pytest.raises(DatabaseError), transaction.atomic():
        lines.update(item=ERASED, grant_amount=1)
