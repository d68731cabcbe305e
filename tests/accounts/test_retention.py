"""What is past its years goes, what is on hold stays; whom a breach touched is one command away."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from accounts.actions.erasure import GONE
from accounts.actions.holds import lift_hold, set_hold
from accounts.models import Erasure, LegalHold, RetentionRule
from accounts.statuses import RecordType
from core import clock, seals
from core.models import AuditEvent
from core.refusals import NotAllowed
from documents.actions.store import store_upload
from documents.models import VaultEntry
from grants.models import Application, GuardianConsent
from notifications.models import Message
from portal.actions.retention import erase_what_is_due
from portal.queries.retention import due, lines
from questionnaires.models import AnswerFile
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
DAYS = 366


@pytest.fixture
def years(at):
    """Moves the clock so many years on."""
    now = clock.now()
    return lambda number: at(now + timedelta(days=DAYS * number))


def administrator():
    return factories.make_user(roles=["administrator"])


def test_every_record_type_has_a_rule_with_its_basis_in_both_languages():
    rules = {r.record_type: (bool(r.basis_kk), bool(r.basis_ru)) for r in RetentionRule.objects.all()}

    assert rules == dict.fromkeys(RecordType.values, (True, True))


def test_nothing_of_today_is_due():
    factories.application_at("submitted")

    assert lines(due()) == []


def test_a_draft_that_nobody_touched_for_a_year_goes_with_its_papers(years):
    draft = factories.make_draft()
    paper = draft.documents.get().document
    VaultEntry.objects.all().delete()

    years(1.1)
    counts = erase_what_is_due()

    paper.refresh_from_db()
    assert (counts["draft"], Application.objects.count(), bool(paper.erased_at)) == (1, 0, True)
    assert seals.verify().faults == ()


def test_a_paper_of_an_old_draft_stays_while_it_is_in_the_vault(years):
    paper = factories.make_draft().documents.get().document

    years(1.1)
    erase_what_is_due()

    paper.refresh_from_db()
    assert (paper.erased_at, VaultEntry.objects.get().document) == (None, paper)


def test_an_ended_application_is_emptied_after_three_years_and_its_number_stays(years):
    application = factories.application_at("ineligible")
    number = application.number

    years(2.9)
    early = [kind for kind, _id in lines(due()) if kind == "application"]
    years(3.2)
    counts = erase_what_is_due()

    application.refresh_from_db()
    assert (early, counts["application"]) == ([], 1)
    assert (application.number, application.title, application.answer_set.values()) == (number, "", {})
    assert application.submissions.get().snapshot.erased_at is not None


def test_what_is_erased_is_not_due_again(years):
    factories.application_at("ineligible")
    factories.make_draft()
    years(4)

    erase_what_is_due()
    erase_what_is_due()  # accounts whose last record went with the first night

    assert lines(due()) == []
    assert erase_what_is_due() == {}


def test_an_award_stays(years):
    application = factories.application_at("awarded")

    years(20)
    erase_what_is_due()

    application.refresh_from_db()
    assert application.title == "Ойын студиясы"
    assert application.submissions.get().snapshot.erased_at is None


def test_words_of_old_letters_go_and_their_rows_stay(years):
    factories.application_at("submitted")
    Message.objects.update(sent_at=clock.now())
    count = Message.objects.count()

    years(1.1)
    erased = erase_what_is_due()

    assert (erased["message"], Message.objects.count()) == (count, count)
    assert set(Message.objects.values_list("address", flat=True)) == {""}


def test_an_account_that_nobody_used_for_three_years_goes(years):
    person = factories.make_user()

    years(3.1)
    erase_what_is_due()

    person.refresh_from_db()
    assert person.email.endswith(f"@{GONE}")


def test_staff_and_applicants_keep_their_accounts(years):
    officer = factories.make_user(roles=["officer"])
    application = factories.application_at("awarded")

    years(3.1)
    erase_what_is_due()

    for person in (officer, application.created_by):
        person.refresh_from_db()
        assert not person.email.endswith(f"@{GONE}")


def test_a_rule_without_years_erases_nothing(years):
    RetentionRule.objects.update(years=0)
    factories.make_draft()
    factories.application_at("declined")
    Message.objects.update(sent_at=clock.now())

    years(50)

    assert lines(due()) == []


@pytest.mark.parametrize("what", ["number", "public_id", "organisation", "person"])
def test_what_is_on_hold_is_never_erased(years, what):
    application = factories.application_at("ineligible")
    about = {
        "number": application.number,
        "public_id": application.public_id,
        "organisation": application.organisation.public_id,
        "person": application.created_by.public_id,
    }[what]
    hold = set_hold(about, reason="суд", by=administrator())

    years(4)
    held = [kind for kind, _id in lines(due()) if kind == "application"]
    factories.lift_hold(hold)
    free = [kind for kind, _id in lines(due()) if kind == "application"]

    assert (held, free) == ([], ["application"])


@pytest.mark.parametrize("what", ["organisation", "number"])
def test_a_hold_on_a_record_spares_the_accounts_and_letters_of_its_people(years, what):
    application = factories.application_at("ineligible")
    about = {"organisation": application.organisation.public_id, "number": application.number}[what]
    Message.objects.update(sent_at=clock.now())
    set_hold(about, reason="суд", by=administrator())

    years(8)
    erase_what_is_due()

    application.created_by.refresh_from_db()
    assert not application.created_by.email.endswith(f"@{GONE}")
    assert set(Message.objects.filter(user=application.created_by).values_list("address", flat=True)) == {
        application.created_by.email
    }


def test_a_paper_that_another_application_holds_stays(years):
    earlier = factories.application_at("ineligible")
    paper = earlier.documents.get().document
    years(2)
    call = factories.make_call(factories.make_year(year=2028))
    later = factories.applications.start_application(call, earlier.organisation, by=earlier.created_by)
    later.documents.create(requirement=call.requirements.get(), document=paper)

    years(3.2)
    Application.objects.filter(pk=later.pk).update(last_saved_at=clock.now())
    erase_what_is_due()

    paper.refresh_from_db()
    assert paper.erased_at is None


def test_the_dry_run_prints_what_would_go_and_erases_nothing(years):
    draft = factories.make_draft()
    years(1.1)
    out = io.StringIO()

    call_command("retention", "--dry-run", stdout=out)

    assert (f"draft {draft.public_id}" in out.getvalue(), "would go: draft 1" in out.getvalue()) == (True, True)
    assert (Application.objects.count(), Erasure.objects.count()) == (1, 0)


def test_the_command_erases_and_logs_counts(years):
    draft = factories.make_draft()
    VaultEntry.objects.all().delete()
    years(1.1)
    out = io.StringIO()

    call_command("retention", stdout=out)

    assert "draft 1" in out.getvalue()
    assert Erasure.objects.get(about=draft.public_id).erased == {"draft": 1, "documents": 1}


def test_only_an_administrator_sets_and_lifts_a_hold():
    officer, hold = factories.make_user(roles=["officer"]), set_hold("GR-1", reason="суд", by=administrator())

    with pytest.raises(NotAllowed):
        set_hold("GR-1", reason="суд", by=officer)
    with pytest.raises(NotAllowed):
        lift_hold(hold, by=officer)
    assert LegalHold.objects.live().count() == 1


def test_the_admin_sets_a_hold_and_two_administrators_lift_it(client):
    client.force_login(factories.make_staff("administrator"))

    client.post("/admin/accounts/legalhold/add/", {"about": "GR-2026-00001", "reason": "проверка"})
    hold = LegalHold.objects.get()
    steps = {step: f"/admin/accounts/legalhold/{hold.pk}/{step}/" for step in ("propose", "lift")}
    client.post(steps["propose"], {"reason": "Сот аяқталды."})
    alone = client.post(steps["lift"]).status_code
    client.force_login(factories.make_staff("administrator"))
    client.post(steps["lift"])

    hold.refresh_from_db()
    assert (alone, hold.about, bool(hold.lifted_at)) == (403, "GR-2026-00001", True)
    events = AuditEvent.objects.filter(object_type="accounts.legalhold").order_by("pk")
    assert list(events.values_list("verb", flat=True)) == ["hold.set", "hold.lift"]


# --- a breach -------------------------------------------------------------------------------------


def breach(tmp_path, *arguments: str, by=None, name: str = "list.csv"):
    """Runs the command; the file's content."""
    path, asks = tmp_path / name, by or administrator()
    today = clock.today().isoformat()
    named = ["--by", asks.email, "--from", "2026-01-01", "--to", today, "--file", str(path), *arguments]
    call_command("breach_export", *named, stdout=io.StringIO())
    return path.read_bytes()


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_list_names_the_members_and_the_head_of_one_application(tmp_path):
    application = factories.application_at(
        "submitted", owner=factories.make_user("a@example.test", display_name="Ася", phone="+77010000001")
    )
    factories.application_at("submitted")

    rows = table(breach(tmp_path, "--application", application.number))

    assert [(row[0], row[1], row[2]) for row in rows[1:]] == [
        ("Ася", "a@example.test", "+77010000001"),
        ("Әлия Сапарова", "", ""),
    ]
    assert {row[5] for row in rows[1:]} == {application.number}


def test_a_document_leads_to_the_people_of_its_application(tmp_path):
    application, other = factories.application_at("submitted"), factories.make_draft()

    rows = table(breach(tmp_path, "--document", application.documents.get().public_id))

    found = {row[1] for row in rows}
    assert (application.created_by.email in found, other.created_by.email in found) == (True, False)


def give_guardian_consent(application: Application, **fields) -> None:
    GuardianConsent.objects.create(
        application=application,
        minor_name="Дос",
        born_on="2012-01-01",
        guardian_name="Ана",
        guardian_phone="+77010000002",
        given_by=application.created_by,
        **fields,
    )


def test_a_minor_and_the_guardian_are_on_the_list_with_the_guardians_phone(tmp_path):
    application = factories.application_at("submitted")
    give_guardian_consent(application)

    rows = table(breach(tmp_path, "--application", application.number))

    found = {(row[0], row[2]) for row in rows if row[0] in ("Дос", "Ана")}
    assert found == {("Дос", "+77010000002"), ("Ана", "+77010000002")}


@pytest.mark.parametrize("held_as", ["answer", "guardian's consent", "vault", "proof"])
def test_a_document_leads_to_people_whatever_holds_it(tmp_path, held_as):
    application = factories.make_draft()
    paper = store_upload(factories.pdf("a.pdf"), by=factories.make_user("sender@example.test"))
    VaultEntry.objects.all().delete()
    if held_as == "answer":
        AnswerFile.objects.create(set=application.answer_set, key="logo", document=paper)
    elif held_as == "guardian's consent":
        give_guardian_consent(application, document=paper)
    elif held_as == "vault":
        VaultEntry.objects.create(organisation=application.organisation, document=paper, kind="logo")

    rows = table(breach(tmp_path, "--document", paper.public_id))

    found = {row[1] for row in rows}
    assert (application.created_by.email in found, "sender@example.test" in found) == (held_as != "proof", True)


def test_an_organisation_that_has_never_applied_is_on_the_list_with_its_head(tmp_path):
    owner = factories.make_user()
    organisation = factories.make_organisation(owner, head_name="Сәуле Бекова")

    named, everybody = (table(breach(tmp_path, *by)) for by in (("--organisation", organisation.public_id), ()))

    assert [owner.email in {row[1] for row in rows} for rows in (named, everybody)] == [True, True]
    assert ["Сәуле Бекова" in {row[0] for row in rows} for rows in (named, everybody)] == [True, True]


def test_without_filters_it_is_everybody_who_has_an_account_open_or_closed(tmp_path):
    people = {factories.make_user(is_active=active).email for active in (True, True, False)}

    rows = table(breach(tmp_path))

    assert people <= {row[1] for row in rows}


def test_the_same_list_as_a_workbook_holds_text_and_no_formula(tmp_path):
    owner = factories.make_user("b@example.test", display_name="=cmd()")
    application = factories.application_at("submitted", owner=owner)

    content = breach(tmp_path, "--application", application.number, name="list.xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    cell = next(row[0] for row in sheet.iter_rows() if row[1].value == "b@example.test")
    assert (cell.value, cell.data_type) == ("=cmd()", "s")


def test_a_cell_of_the_csv_is_never_a_formula(tmp_path):
    owner = factories.make_user("c@example.test", display_name="=cmd()")
    application = factories.application_at("submitted", owner=owner)

    rows = table(breach(tmp_path, "--application", application.number))

    assert next(row[0] for row in rows if row[1] == "c@example.test") == "'=cmd()"


def test_the_trail_says_who_asked_how_many_and_the_hash_and_no_name(tmp_path):
    asks = administrator()
    application = factories.application_at("submitted")

    breach(tmp_path, "--application", application.number, by=asks)

    event = AuditEvent.objects.get(verb="breach.export")
    assert (event.actor_id, event.data["applications"], event.data["people"]) == (asks.pk, [application.number], 2)
    assert application.created_by.email not in str(event.data)


def test_only_an_administrator_gets_the_list(tmp_path):
    with pytest.raises(CommandError):
        breach(tmp_path, by=factories.make_user(roles=["officer"]))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("bad", [["--from", "yesterday"], ["--file", "list.doc"]])
def test_a_wrong_argument_is_said_in_words(tmp_path, bad):
    with pytest.raises(CommandError):
        breach(tmp_path, *bad)
