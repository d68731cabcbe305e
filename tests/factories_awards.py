"""Awards after the decision, by real actions: accepted, with a plan, papers, a contract, signatures. One section for
each room; `signed_award()` is what most tests begin from."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actions.bank_accounts import add_bank_account
from accounts.models import BankAccount, User
from core import clock
from grants.actions import award_papers, award_plans, call_defaults, contract_templates, contracts, offers, signing
from grants.models import (
    Application,
    Award,
    Call,
    Contract,
    ContractTemplate,
    DocumentRequirement,
    PlanVersion,
    Signatory,
)
from grants.queries.award_papers import papers_of
from grants.statuses import RequirementStage
from tests import factories
from tests.pdf import make_pdf

# --- CONTRACT: from the award to the signed contract ----------------------------------------------

IBAN, BIC = "KZ86125KZT5004100100", "HSBKKZKX"


def make_award_call(**fields: Any) -> Call:
    """A planned call that asks winners for a registration paper, and needs one review."""
    call = factories.make_draft_call(**{"reviews_needed": 1, **fields})
    titles = {"title_kk": "Тіркеу құжаты", "title_ru": "Документ о регистрации", "title_en": "Registration"}
    DocumentRequirement.objects.create(
        call=call, key="registration", stage=RequirementStage.AWARD, position=9, **titles
    )
    officer = factories.make_user(roles=["officer"])
    return factories.publish(call_defaults.fill_with_usual(call, by=officer))


def offered_award(call: Call | None = None, *, amount: Decimal | int | None = None, **how: Any) -> Award:
    """An award that nobody has answered yet; `amount`: less than was asked (`how["amount"]` asks, 2 million else)."""
    call = call or make_award_call()
    asked = how.pop("asked", 2_000_000)
    application = factories.application_at("eligible", call=call, amount=asked, **how)
    for _round in range(call.reviews_needed):
        factories.review(factories.assign(application))
    factories.decide(application, amount=amount)
    factories.release(call)
    return Award.objects.select_related("application__organisation", "application__call").get(application=application)


def owner_of(award: Award) -> User:
    """Who began the application."""
    return award.application.created_by


def accepted_award(award: Award | None = None, **how: Any) -> Award:
    """The owner said yes; a plan is proposed."""
    award = award or offered_award(**how)
    return again(offers.accept_award(award, by=owner_of(award)))


def again(award: Award) -> Award:
    """As it stands in the database now."""
    return Award.objects.select_related("application__organisation", "application__call").get(pk=award.pk)


def planned_award(award: Award | None = None, **how: Any) -> Award:
    """The owner sent the plan, an officer agreed; an award whose plan is agreed stays as it is."""
    award = accepted_award(award, **how)
    if not PlanVersion.objects.open().filter(award=award).exists():
        return award
    plan = award_plans.send_plan(PlanVersion.objects.open().get(award=award), by=owner_of(award))
    award_plans.agree_plan(plan, by=factories.make_user(roles=["officer"]))
    return again(award)


def give_bank_account(award: Award) -> BankAccount:
    """The grantee's own account, not yet checked by finance; the one that is open where there is one."""
    organisation, by = award.application.organisation, owner_of(award)
    if there := BankAccount.objects.open().filter(organisation=organisation).first():
        return there
    return add_bank_account(organisation, iban=IBAN, bic=BIC, bank_name="Халық Банкі", is_holder_confirmed=True, by=by)


def give_papers(award: Award) -> None:
    """Every paper that the call asks of winners, found in order."""
    officer = factories.make_user(roles=["officer"])
    for row in papers_of(award):
        if row.paper is None:
            paper = award_papers.add_paper(award, row.requirement, factories.pdf("құжат.pdf"), by=owner_of(award))
            award_papers.accept_paper(paper, by=officer)


def make_template() -> ContractTemplate:
    """The usual text, published."""
    officer = factories.make_user(roles=["officer"])
    return contract_templates.publish_template(contract_templates.make_usual_template(by=officer), by=officer)


def make_signatory(**fields: Any) -> Signatory:
    """In office since a month ago."""
    defaults = {
        "name": "Серікова Айгүл Маратқызы",
        "position_kk": "Директор",
        "position_ru": "Директор",
        "basis_kk": "Жарғы",
        "basis_ru": "Устав",
        "since": clock.today() - timedelta(days=30),
    }
    return Signatory.objects.create(**{**defaults, **fields})


def ready_award(award: Award | None = None, **how: Any) -> Award:
    """Everything is there for a contract."""
    award = planned_award(award, **how)
    give_bank_account(award)
    give_papers(award)
    if not ContractTemplate.objects.filter(published_at__isnull=False).exists():
        make_template()
    if not Signatory.objects.exists():
        make_signatory()
    return again(award)


def make_contract(award: Award | None = None, **how: Any) -> Contract:
    """Made by an officer, signed by nobody."""
    award = ready_award(award, **how)
    return contracts.make_contract(award, by=factories.make_user(roles=["officer"]))


def scan(name: str = "скан.pdf") -> SimpleUploadedFile:
    """A scan of a signed contract."""
    return SimpleUploadedFile(name, make_pdf(name), content_type="application/pdf")


def sign(contract: Contract) -> Contract:
    """The owner uploads the own scan, the secretary the centre's."""
    signing.sign_by_scan(contract, "grantee", scan(), by=owner_of(contract.award))
    signing.sign_by_scan(contract, "centre", scan("екі қол.pdf"), by=factories.make_user(roles=["secretary"]))
    return Contract.objects.select_related("award").get(pk=contract.pk)


def signed_award(award: Award | None = None, **how: Any) -> Award:
    """Plan agreed, papers in order, contract signed by both: tranches are planned, nothing is paid."""
    return again(sign(make_contract(award, **how)).award)


def application_of(award: Award) -> Application:
    """Fresh."""
    return Application.objects.get(pk=award.application_id)


# --- MONEY ----------------------------------------------------------------------------------------

# --- RECEIPTS -------------------------------------------------------------------------------------
