"""The grantee's pages after the award: checklist, plan, papers, contract; and the admin's buttons beside them."""

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from grants.models import Award, AwardPaper, Contract, ContractTemplate, DocumentRequirement, PlanVersion
from grants.queries.award_steps import checklist_of
from grants.queries.award_waiting import waiting_for_staff, waits_for
from grants.statuses import RequirementStage
from notifications.letters import render_letter
from notifications.models import Message
from tests import factories
from tests import factories_awards as make
from tests.shared import shared

pytestmark = pytest.mark.django_db


@shared
def award() -> Award:
    """Accepted: a plan is proposed."""
    return make.accepted_award(amount=1_500_000)


@shared
def ready() -> Award:
    return make.ready_award()


@pytest.fixture
def officer(client) -> User:
    officer = factories.make_staff("officer")
    client.force_login(officer)
    return officer


def url(name: str, award: Award) -> str:
    return reverse(f"grants:{name}", args=[award.public_id])


def filled(page) -> dict[str, str]:
    """What the browser would send back of the plan page as it stands."""
    forms = page.context["page"]
    fields = [forms.lines.management_form, forms.milestones.management_form, *forms.lines, *forms.milestones]
    found = {}
    for form in [*fields, *forms.indicators]:
        for field in form:
            if field.name != "DELETE":
                found[field.html_name] = "" if field.value() is None else str(field.value())
    return found


def keys(award: Award, *, yours: bool) -> list[str]:
    steps = checklist_of(make.again(award)).steps
    return [step.key for step in steps if step.is_yours == yours and not step.is_done and step.label != "later"]


# --- the checklist --------------------------------------------------------------------------------


def test_the_checklist_says_whose_turn_it_is_from_offer_to_signature(award):
    assert keys(award, yours=True) == ["plan", "bank", "papers"]

    contract = make.make_contract(make.planned_award(award))
    made = keys(award, yours=True)
    make.sign(contract)

    last = checklist_of(make.again(award))
    assert made == ["sign"]
    assert [step.key for step in last.steps if not step.is_done] == ["tranche"]
    assert last.now.key == "tranche"


def test_the_page_stands_in_three_languages_and_leads_on(client, award):
    client.force_login(make.owner_of(award))
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            page = client.get(url("award_detail", award))
            body = page.content.decode()

            assert page.status_code == 200
            assert url("award_plan", award) in body


def test_the_application_leads_to_the_page_of_the_grant(client, award):
    client.force_login(make.owner_of(award))

    body = client.get(reverse("grants:application_detail", args=[award.application.public_id])).content.decode()

    assert url("award_detail", award) in body


def test_strangers_and_staff_who_follow_no_contracts_see_nothing(client, award):
    for person in (factories.make_user(), factories.make_staff("commission"), factories.make_staff("analyst")):
        client.force_login(person)

        assert client.get(url("award_detail", award)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_papers_are_listed_in_the_same_number_of_queries(client, award, count, django_assert_max_num_queries):
    call = award.application.call
    for n in range(1, count):
        titles = {"title_kk": f"Құжат {n}", "title_ru": f"Документ {n}"}
        row = DocumentRequirement(call=call, key=f"paper{n}", stage=RequirementStage.AWARD, position=10 + n, **titles)
        row.save()
    make.give_papers(award)
    client.force_login(make.owner_of(award))
    client.get(url("award_papers", award))

    with django_assert_max_num_queries(14):
        papers = client.get(url("award_papers", award))
    with django_assert_max_num_queries(22):
        page = client.get(url("award_detail", award))

    assert (len(papers.context["papers"]), page.status_code) == (count, 200)


# --- the plan -------------------------------------------------------------------------------------


def test_the_plan_is_saved_and_sent_without_a_script(client, award):
    client.force_login(make.owner_of(award))
    page = client.get(url("award_plan", award))
    typed = filled(page) | {"line-0-grant_amount": "1 000 000", "line-1-grant_amount": "500000"}
    typed |= {"indicator_jobs_opened-baseline": "3", "indicator_jobs_opened-promised": "7", "verb": "send"}

    sent = client.post(url("award_plan", award), typed)

    plan = PlanVersion.objects.get(award=award)
    assert sent.status_code == 302
    assert plan.sent_at is not None
    assert list(plan.lines.values_list("grant_amount", flat=True)) == [1_000_000, 500_000]
    assert award.indicators.get(indicator__key="jobs_opened").promised == 7


def test_what_is_wrong_stays_on_the_page_as_it_was_typed(client, award):
    client.force_login(make.owner_of(award))
    typed = filled(client.get(url("award_plan", award)))

    wrong = client.post(url("award_plan", award), typed | {"line-0-grant_amount": "көп", "verb": "save"})
    apart = client.post(url("award_plan", award), typed | {"line-0-grant_amount": "9", "verb": "send"})

    assert (wrong.status_code, "көп" in wrong.content.decode()) == (200, True)
    assert apart.status_code == 409
    assert PlanVersion.objects.get(award=award).sent_at is None


def test_a_line_is_added_and_another_one_taken_away(client, award):
    client.force_login(make.owner_of(award))
    typed = filled(client.get(url("award_plan", award)))
    new = {"line-2-item": "Камера", "line-2-grant_amount": "750 000", "line-2-own_amount": "375 000"}

    client.post(url("award_plan", award), typed | new | {"line-1-DELETE": "on", "verb": "save"})

    rows = PlanVersion.objects.get(award=award).lines.all()
    assert [row.item for row in rows][1:] == ["Камера"]


def test_a_viewer_reads_the_plan_and_has_no_form(client, award):
    viewer = factories.make_user()
    factories.add_member(award.application.organisation, viewer, "viewer")
    client.force_login(viewer)

    page = client.get(url("award_plan", award))

    assert (page.context["page"], page.context["plan"].grant) == (None, 1_500_000)
    assert client.post(url("award_plan", award), {"verb": "begin"}).status_code == 403


# --- papers and contract --------------------------------------------------------------------------


def test_a_paper_is_sent_replaced_and_read_by_those_who_may(client, award):
    client.force_login(make.owner_of(award))
    page = url("award_papers", award)

    answers = [
        client.post(page, {"requirement": "registration", "upload": factories.pdf(f"{n}.pdf")}).status_code
        for n in range(2)
    ]
    nothing = client.post(page, {"requirement": "registration"})
    unknown = client.post(page, {"requirement": "deck", "upload": factories.pdf()})

    live = AwardPaper.objects.live().get()
    assert (answers, nothing.status_code, unknown.status_code) == ([302, 302], 200, 404)
    assert AwardPaper.objects.count() == 2
    assert client.get(reverse("grants:award_paper_file", args=[live.public_id])).status_code == 200
    client.force_login(factories.make_user())
    assert client.get(reverse("grants:award_paper_file", args=[live.public_id])).status_code == 404


def test_a_paper_of_the_vault_is_used_again(client, award):
    make.give_papers(award)
    client.force_login(make.owner_of(award))
    entry = award.application.organisation.vault.get(kind="registration")

    client.post(url("award_papers", award), {"requirement": "registration", "entry": entry.public_id})

    assert AwardPaper.objects.live().get().document == entry.document
    assert AwardPaper.objects.live().get().accepted_at is None


def test_the_owner_reads_the_contract_and_sends_the_signed_scan(client, ready):
    contract = make.make_contract(ready)
    client.force_login(make.owner_of(ready))
    page = client.get(url("award_contract", ready)).content.decode()

    empty = client.post(url("award_contract", ready), {})
    sent = client.post(url("award_contract", ready), {"way": "scan", "scan": make.scan()})
    again = client.post(url("award_contract", ready), {"way": "scan", "scan": make.scan()})

    pdf = client.get(reverse("grants:contract_pdf", args=[contract.public_id]))
    scan = client.get(reverse("grants:contract_scan", args=[contract.public_id, "grantee"]))
    other = client.get(reverse("grants:contract_scan", args=[contract.public_id, "centre"]))
    assert contract.sha256 in page
    assert (empty.status_code, sent.status_code, again.status_code) == (200, 302, 409)
    assert (pdf["Content-Type"], scan.status_code, other.status_code) == ("application/pdf", 200, 404)


def test_there_is_no_page_of_a_contract_before_it_is_made(client, award):
    client.force_login(make.owner_of(award))

    assert client.get(url("award_contract", award)).status_code == 404


def test_every_letter_of_the_way_reads_in_three_languages(ready):
    officer = factories.make_user(roles=["officer"])
    contract = make.make_contract(ready)
    make.contracts.void_contract(contract, reason="Қате", by=officer)
    make.sign(make.contracts.make_contract(ready, by=officer))
    events = {"plan_agreed", "contract_to_sign", "contract_void", "contract_signed"}
    rows = list(Message.objects.filter(event__in=events).order_by("pk"))

    for row in rows:
        for language in ("kk", "ru", "en"):
            row.language = language
            letter = render_letter(row)

            assert letter.subject
            assert row.context["path"] in letter.text
    assert {row.event for row in rows} == events


# --- the admin ------------------------------------------------------------------------------------


def test_an_officer_brings_an_award_to_its_contract_by_buttons(client, officer, award):
    plan = make.award_plans.send_plan(PlanVersion.objects.get(award=award), by=make.owner_of(award))
    requirement = award.application.call.requirements.get(key="registration")
    by = make.owner_of(award)
    paper = make.award_papers.add_paper(award, requirement, factories.pdf(), by=by)
    make.give_bank_account(award)
    make.make_template()
    make.make_signatory()
    page = client.get(reverse("admin:grants_award_change", args=[award.pk])).content.decode()

    client.post(reverse("admin:grants_award_agree_plan", args=[award.pk]))
    client.post(reverse("admin:grants_award_accept_paper", args=[paper.pk]))
    client.post(reverse("admin:grants_award_make_contract", args=[award.pk]))
    for side in ("grantee", "centre"):
        client.post(reverse("admin:grants_award_sign", args=[award.pk, side]), {"scan": make.scan(f"{side}.pdf")})

    plan.refresh_from_db()
    assert reverse("admin:grants_award_agree_plan", args=[award.pk]) in page
    assert plan.agreed_by == officer
    assert (make.again(award).status, Contract.objects.get().centre_scan.uploaded_by) == ("signed", None)


def test_an_officer_returns_plan_and_paper_and_voids_with_words(client, officer, ready):
    paper = AwardPaper.objects.live().get()
    AwardPaper.objects.filter(pk=paper.pk).update(replaced_at=None)
    words = {"words_kk": "Қайта жіберіңіз.", "words_ru": "Пришлите снова."}
    make.contracts.make_contract(ready, by=officer)

    client.post(reverse("admin:grants_award_void_contract", args=[ready.pk]), {"reason": "Қате"})
    client.post(reverse("admin:grants_award_reopen_plan", args=[ready.pk]), words)
    sent = make.award_plans.send_plan(PlanVersion.objects.open().get(award=ready), by=make.owner_of(ready))
    client.post(reverse("admin:grants_award_return_plan", args=[ready.pk]), words)
    late = client.post(reverse("admin:grants_award_return_paper", args=[paper.pk]), words)

    sent.refresh_from_db()
    assert Contract.objects.get().void_reason == "Қате"
    assert (sent.sent_at, sent.returned_ru) == (None, "Пришлите снова.")
    assert late.status_code == 200  # in order already: said on the page


def test_the_desk_names_what_waits_for_staff_and_nothing_else(award):
    def waiting() -> list[str]:
        return [waits_for(row) for row in waiting_for_staff()]

    with translation.override("en"):
        found = [waiting()]
        make.award_plans.send_plan(PlanVersion.objects.get(award=award), by=make.owner_of(award))
        found.append(waiting())
        make.award_plans.agree_plan(PlanVersion.objects.get(award=award), by=factories.make_user(roles=["officer"]))
        make.give_bank_account(award)
        found.append(waiting())
        make.give_papers(award)
        found.append(waiting())
        contract = make.make_contract(award)
        found.append(waiting())
        make.signing.sign_by_scan(contract, "grantee", make.scan(), by=make.owner_of(award))
        found.append(waiting())

    assert found == [[], ["Plan to read"], [], ["Contract to make"], [], ["Contract to sign"]]


def test_a_template_is_made_previewed_mended_and_published(client, officer):
    client.post(reverse("admin:grants_contracttemplate_usual"))
    template = ContractTemplate.objects.get()
    template.paragraphs.filter(kind="title").update(text_kk="{qate}")
    page = reverse("admin:grants_contracttemplate_change", args=[template.pk])
    shown = client.get(page).content.decode()

    refused = client.post(reverse("admin:grants_contracttemplate_publish", args=[template.pk]), follow=True)
    preview = client.get(reverse("admin:grants_contracttemplate_preview", args=[template.pk]))
    template.paragraphs.filter(kind="title").update(text_kk="{number} шарт")
    client.post(reverse("admin:grants_contracttemplate_publish", args=[template.pk]))
    client.post(reverse("admin:grants_contracttemplate_copy", args=[template.pk]))

    assert "{qate}" in shown
    assert "{qate}" in refused.content.decode()
    assert preview.content.startswith(b"%PDF")
    assert list(ContractTemplate.objects.order_by("pk").values_list("published_by", flat=True)) == [officer.pk, None]


def test_a_wrong_placeholder_is_said_while_it_is_typed(client, officer):
    template = make.contract_templates.make_usual_template(by=officer)
    template.paragraphs.exclude(position=1).delete()
    row = template.paragraphs.get()
    typed = {"kind": "contract", "title": "Үлгі", "paragraphs-TOTAL_FORMS": "1", "paragraphs-INITIAL_FORMS": "1"}
    typed |= {"paragraphs-0-id": row.pk, "paragraphs-0-template": template.pk, "paragraphs-0-position": "1"}
    typed |= {"paragraphs-0-kind": "title", "paragraphs-0-text_kk": "{sum}", "paragraphs-0-text_ru": "{amount}"}

    answer = client.post(reverse("admin:grants_contracttemplate_change", args=[template.pk]), typed)

    row.refresh_from_db()
    assert answer.status_code == 200
    assert "{sum}" in answer.content.decode()
    assert "{sum}" not in row.text_kk
