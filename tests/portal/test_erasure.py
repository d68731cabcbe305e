"""A person erases what nobody has to keep: nothing of them is left in any column, and what the law keeps stays."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from accounts.actions.holds import set_hold
from accounts.models import Consent, Erasure, Membership, User
from core import seals
from core.refusals import Refused
from documents.models import Document, VaultEntry
from grants.models import Application
from portal.actions.erasure import erase_person
from portal.queries.erasure import plan_of
from tests import factories
from tests.portal.dina import EMAIL, HOME, IIN, NAME, PASSWORD, PHONE, dina, person_with_a_draft, signed_in, traces_of

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_an_erased_file_are_deleted_after_commit():
    draft = person_with_a_draft()
    name = draft.documents.get().document.file.name

    erase_person(draft.created_by, by=draft.created_by)

    assert default_storage.exists(name) is False


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
    factories.lift_hold(hold)
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


def test_the_clock_erases_in_nobodys_name():
    person = dina()
    erase_person(person, by=None)

    assert Erasure.objects.get().by is None
