"""A person downloads everything, and erases what nobody has to keep."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models
from django.test import Client

from accounts.actions.holds import lift_hold, set_hold
from accounts.models import Consent, Erasure, Membership, User
from core import clock, seals
from core.models import AuditEvent
from core.refusals import Refused
from documents.models import Document, PartialUpload, VaultEntry
from grants.models import Application, CallQuestion, HelpRequest
from notifications.models import Message
from portal import tasks
from portal.actions import personal_data as exports
from portal.actions.erasure import erase_person
from portal.models import DataExport
from portal.queries.erasure import plan_of
from portal.queries.personal_data import OURS, TOLD, other_relations
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
PASSWORD = "correct horse battery"
EMAIL, NAME, PHONE, IIN = "dina.unique@example.test", "Дина Неповторимова", "+77019998877", "990101100000"
HOME = "/ru/account/my-data/"


def dina(**fields) -> User:
    """A person whose facts are found nowhere else."""
    return factories.make_user(EMAIL, display_name=NAME, phone=PHONE, iin=IIN, **fields)


def signed_in(person: User) -> Client:
    """A browser that has just typed the password, as the pages of one's data ask."""
    browser = Client()
    browser.post("/ru/account/login/", {"login": person.email, "password": PASSWORD})
    return browser


def traces_of(*texts: str) -> list[str]:
    """Every text or JSON column of every table in which one of these still stands."""
    found = []
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField | models.FileField):
                values = model._default_manager.values_list(field.name, flat=True)
                said = [json.dumps(v, ensure_ascii=False, default=str).casefold() for v in values if v]
                if any(text.casefold() in one for text in texts for one in said):
                    found.append(f"{model._meta.label}.{field.name}")
    return found


def person_with_a_draft() -> Application:
    """Alone in her own organisation, with a draft, a paper, letters, questions, an open session."""
    person = dina()
    factories.make_organisation(
        person, kind="person", name=NAME, head_name=NAME, identifier=IIN, head_iin=IIN, phone=PHONE, address=NAME
    )
    draft = factories.make_draft(person)
    draft.answer_set.answers.filter(key="problem").update(value=f"{NAME}, {EMAIL}")
    HelpRequest.objects.create(application=draft, section="project", text=f"{NAME}?", asked_by=person)
    CallQuestion.objects.create(call=draft.call, text=f"{NAME}?", language="ru", asked_by=person)
    Message.objects.create(
        user=person, address=EMAIL, language="ru", event="due_soon", context={"name": NAME}, dedupe_key="due:1"
    )
    PartialUpload.objects.create(user=person, purpose="doc", original_name=f"{NAME}.pdf", size=10)
    signed_in(person)
    return draft


# --- downloading ----------------------------------------------------------------------------------


def archive_of(person: User) -> zipfile.ZipFile:
    export = exports.make_export(exports.request_export(by=person))
    return zipfile.ZipFile(io.BytesIO(export.document.file.read()))


def test_the_zip_holds_everything_that_was_typed_and_the_uploaded_files():
    draft = person_with_a_draft()

    archive = archive_of(draft.created_by)

    content = json.loads(archive.read("data.json"))
    assert (content["account"]["email"], content["account"]["iin"]) == (EMAIL, IIN)
    assert content["applications"][0]["content"]["answers"]["problem"] == f"{NAME}, {EMAIL}"
    assert [letter["event"] for letter in content["letters"]][-1:] == ["due_soon"]
    paper = draft.documents.get().document
    assert archive.read(f"documents/{paper.public_id}-{paper.original_name}") == factories.PDF


def test_nothing_of_another_person_is_in_it():
    draft = person_with_a_draft()
    other = factories.application_at("submitted")

    text = archive_of(draft.created_by).read("data.json").decode()

    assert [word for word in (other.created_by.email, other.organisation.name, other.public_id) if word in text] == []


def test_who_has_left_an_organisation_takes_no_content_of_its_applications_along():
    draft = person_with_a_draft()
    person = draft.created_by
    Membership.objects.filter(user=person).update(user=factories.make_user())

    archive = archive_of(person)

    content = json.loads(archive.read("data.json"))
    began = {"table": "grants.Application", "column": "created_by", "id": draft.public_id}
    assert (content["applications"], content["organisations"]) == ([], [])
    assert [began in content["acts"], draft.title in str(content)] == [True, False]


def test_every_relation_to_a_person_is_told_in_words_or_as_an_act():
    every = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.local_fields
        if field.related_model is User
    }

    acts = {f"{model._meta.label}.{name}" for model, name in other_relations()}

    assert TOLD - every == set()
    assert acts == every - TOLD
    assert "grants.Application.officer" in acts


def test_a_file_name_cannot_leave_its_folder():
    row = Document(public_id="abc", original_name="..\\..\\etc/passwd")

    assert exports.entry_name(row) == "abc-passwd"


def test_the_page_makes_a_small_file_at_once_and_gives_it_to_its_person_alone():
    person = dina()
    browser = signed_in(person)

    browser.post(HOME + "make/")
    export = DataExport.objects.get()
    mine = browser.get(f"{HOME}{export.public_id}/")
    others = signed_in(factories.make_user()).get(f"{HOME}{export.public_id}/")

    assert (mine.status_code, mine["Content-Type"], others.status_code) == (200, "application/zip", 404)
    assert [e.verb for e in AuditEvent.objects.filter(object_id=export.public_id).order_by("pk")] == [
        "data_export.ask",
        "data_export.make",
        "data_export.take",
    ]


def test_the_password_is_asked_for_where_sign_in_was_long_ago():
    browser = Client()
    browser.force_login(dina())

    answer = browser.post(HOME + "make/")

    assert (answer.status_code, "/account/reauthenticate/" in answer.url) == (302, True)
    assert DataExport.objects.count() == 0


def test_a_large_file_is_made_by_the_worker_and_the_page_shows_how_far_it_is(monkeypatch):
    monkeypatch.setattr(exports, "SMALL_BYTES", -1)
    browser = signed_in(dina())
    browser.post(HOME + "make/")

    waiting = browser.get(HOME).content.decode()
    tasks.make_data_export(DataExport.objects.get().pk)
    ready = browser.get(HOME).content.decode()

    assert ("data-reload-seconds" in waiting, "data-reload-seconds" in ready) == (True, False)
    assert DataExport.objects.get().public_id in ready


def test_asking_twice_is_one_file():
    person = dina()

    assert exports.request_export(by=person) == exports.request_export(by=person)


def test_after_a_day_the_link_is_dead_and_the_file_is_gone(at):
    person = dina()
    export = exports.make_export(exports.request_export(by=person))
    name = export.document.file.name

    at(clock.now() + timedelta(days=1, seconds=1))
    answer = signed_in(person).get(f"{HOME}{export.public_id}/")
    dropped = exports.drop_old_exports()

    assert (answer.status_code, dropped, exports.drop_old_exports()) == (404, 1, 0)
    export.document.refresh_from_db()
    assert (bool(export.document.erased_at), export.document.file.name, default_storage.exists(name)) == (
        True,
        "",
        True,  # the bytes go after commit, and this test never commits
    )


@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_an_erased_file_are_deleted_after_commit():
    draft = person_with_a_draft()
    name = draft.documents.get().document.file.name

    erase_person(draft.created_by, by=draft.created_by)

    assert default_storage.exists(name) is False


# --- erasing --------------------------------------------------------------------------------------


def test_erasing_leaves_nothing_of_the_person_in_any_column():
    draft = person_with_a_draft()
    before = traces_of(EMAIL, NAME, PHONE, IIN)

    erase_person(draft.created_by, by=draft.created_by)

    assert len(before) > 10
    assert VaultEntry.objects.count() == 0
    assert traces_of(EMAIL, NAME, PHONE, IIN) == []
    assert seals.verify().faults == ()


def test_the_log_holds_counts_and_no_name():
    draft = person_with_a_draft()

    erase_person(draft.created_by, by=draft.created_by)

    row = Erasure.objects.get()
    assert (row.about, row.by) == (draft.created_by.public_id, draft.created_by)
    assert {k: row.erased[k] for k in ("drafts", "documents", "organisations", "memberships")} == {
        "drafts": 1,
        "documents": 1,
        "organisations": 1,
        "memberships": 1,
    }


def test_a_tombstone_keeps_hash_and_size():
    draft = person_with_a_draft()
    paper = draft.documents.get().document

    erase_person(draft.created_by, by=draft.created_by)

    row = Document.objects.get(pk=paper.pk)
    assert (row.sha256, row.size, row.original_name, row.uploaded_by) == (paper.sha256, paper.size, "", None)


def declined_application() -> Application:
    """Sent and ended without a grant; the head of its organisation is another person."""
    application = factories.application_at("declined", owner=dina())
    return application


def test_what_was_sent_stays_with_its_snapshot_and_its_papers():
    application = declined_application()

    erase_person(application.created_by, by=application.created_by)

    paper, snapshot = application.documents.get().document, application.submissions.get().snapshot
    assert (paper.erased_at, snapshot.erased_at) == (None, None)
    application.refresh_from_db()
    assert (application.title, application.status) == ("Ойын студиясы", "declined")
    assert traces_of(EMAIL, NAME, PHONE, IIN) == []


def test_a_paper_that_was_taken_off_after_sending_stays_because_the_snapshot_names_it():
    application = declined_application()
    paper = application.documents.get().document
    application.documents.all().delete()

    erase_person(application.created_by, by=application.created_by)

    paper.refresh_from_db()
    assert paper.erased_at is None


def test_the_person_cannot_sign_in_again():
    person = dina()

    erase_person(person, by=person)

    answer = Client().post("/ru/account/login/", {"login": EMAIL, "password": PASSWORD})
    person.refresh_from_db()
    assert (answer.status_code, person.is_active, person.has_usable_password()) == (200, False, False)


def test_consents_end_by_rows_of_their_own():
    application = declined_application()
    given = Consent.objects.filter(user=application.created_by).count()

    erase_person(application.created_by, by=application.created_by)

    rows = Consent.objects.filter(user=application.created_by)
    assert rows.filter(is_given=True).count() == given


@pytest.mark.parametrize("status", ["submitted", "eligible", "reserved", "awarded"])
def test_the_last_owner_of_a_live_application_is_told_what_to_do(status):
    application = factories.application_at(status, owner=dina())

    with pytest.raises(Refused) as refused:
        erase_person(application.created_by, by=application.created_by)

    assert (refused.value.code, application.number in str(refused.value)) == ("obstacle", True)
    assert User.objects.filter(email=EMAIL).exists()


def test_one_owner_of_two_may_go_and_the_shared_draft_stays():
    draft = factories.make_draft(dina())
    factories.add_member(draft.organisation, factories.make_user(), "owner")

    erase_person(draft.created_by, by=draft.created_by)

    draft.refresh_from_db()
    assert (draft.title, Membership.objects.filter(organisation=draft.organisation).count()) == ("Ойын студиясы", 1)
    assert draft.documents.get().document.erased_at is None


@pytest.mark.parametrize("what", ["person", "organisation", "application"])
def test_a_hold_stops_it_until_it_is_lifted(what):
    draft = factories.make_draft(dina())
    administrator = factories.make_user(roles=["administrator"])
    about = {"person": draft.created_by, "organisation": draft.organisation, "application": draft}[what]
    hold = set_hold(about.public_id, reason="суд", by=administrator)

    with pytest.raises(Refused):
        erase_person(draft.created_by, by=draft.created_by)
    lift_hold(hold, by=administrator)
    erase_person(draft.created_by, by=draft.created_by)

    assert User.objects.filter(email=EMAIL).count() == 0


def test_a_person_with_a_role_asks_an_administrator_first():
    expert = factories.make_user(EMAIL, roles=["expert"])

    with pytest.raises(Refused) as refused:
        erase_person(expert, by=expert)

    assert refused.value.code == "obstacle"


def test_the_page_says_what_goes_and_what_stays_until_when_and_why():
    application = declined_application()
    browser = signed_in(application.created_by)

    text = browser.get(HOME + "erase/").content.decode()

    year = application.call.released_at.year + 3
    assert (application.number in text, f"{year}\u00a0г." in text, "263" in text) == (True, True, True)


def test_a_wrong_password_erases_nothing():
    person = dina()
    browser = signed_in(person)

    page = browser.post(HOME + "erase/", {"password": "wrong", "is_sure": "on"})

    assert (page.status_code, list(page.context["form"].errors)) == (200, ["password"])
    assert User.objects.filter(email=EMAIL).exists()


def test_the_right_password_erases_signs_out_and_says_so():
    person = dina()
    browser = signed_in(person)

    page = browser.post(HOME + "erase/", {"password": PASSWORD, "is_sure": "on"}, follow=True)

    assert (User.objects.filter(email=EMAIL).exists(), page.redirect_chain[0][0]) == (False, "/ru/")
    assert "_auth_user_id" not in browser.session


def test_the_plan_of_a_new_account_is_short():
    plan = plan_of(dina())

    assert (plan.drafts, plan.organisations, plan.documents, plan.obstacles, len(plan.kept)) == ([], [], set(), [], 1)


@pytest.mark.parametrize("letters", [1, 3])
def test_my_data_costs_two_queries_of_its_own(django_assert_num_queries, letters):
    person = dina()
    browser = signed_in(person)
    for n in range(letters):
        Message.objects.create(user=person, address=EMAIL, language="ru", event="x", dedupe_key=f"x{n}")
    browser.get(HOME)

    with django_assert_num_queries(4):
        browser.get(HOME)


def test_the_clock_erases_in_nobodys_name():
    person = dina()
    erase_person(person, by=None)

    assert Erasure.objects.get().by is None
