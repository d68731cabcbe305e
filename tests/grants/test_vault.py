"""The organisation's vault: uploaded once, offered again while valid, seen by members alone."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.statuses import MembershipRole
from core import clock
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from documents.actions import vault
from documents.models import Document, VaultEntry
from grants.actions import applications, documents
from grants.models import Application
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def begun() -> Application:
    """An application whose deck lies in the vault of its organisation."""
    return factories.make_draft()


@pytest.fixture
def earlier(client, begun) -> Application:
    client.force_login(begun.created_by)
    return begun


@pytest.fixture
def entry(earlier) -> VaultEntry:
    return VaultEntry.objects.get()


@pytest.fixture
def later(earlier) -> Application:
    """A draft of the same organisation to another call, without documents."""
    return applications.start_application(factories.make_call(), earlier.organisation, by=earlier.created_by)


def offered(client, application: Application) -> list[VaultEntry]:
    page = client.get(reverse("grants:application_documents", args=[application.public_id]))
    return page.context["fields"][0].offered


def reuse(client, application: Application, entry: VaultEntry):
    address = reverse("grants:document_reuse", args=[application.public_id, "deck"])
    return client.post(address, {"entry": entry.public_id})


def test_what_was_uploaded_once_is_offered_and_used_as_the_same_document(client, earlier, later, entry):
    seen = offered(client, later)

    reuse(client, later, entry)

    assert seen == [entry]
    assert later.documents.get().document == earlier.documents.get().document
    assert (Document.objects.filter(media_type="application/pdf").count(), offered(client, later)) == (1, [])


def test_a_document_that_hangs_here_already_is_neither_offered_nor_hung_twice(client, earlier, entry):
    assert offered(client, earlier) == []

    response = reuse(client, earlier, entry)

    assert (response.status_code, earlier.documents.count()) == (409, 1)


@pytest.mark.parametrize(("days", "is_offered"), [(-1, False), (0, True), (5, True), (None, True)])
def test_a_document_is_offered_until_its_last_day(client, later, entry, days, is_offered):
    until = None if days is None else clock.today() + timedelta(days=days)
    VaultEntry.objects.update(expires_on=until)

    seen, response = offered(client, later), reuse(client, later, entry)

    assert (bool(seen), response.status_code) == (is_offered, 302 if is_offered else 409)


@pytest.mark.parametrize("fields", [{"kind": "portfolio"}, {"organisation": None}])
def test_what_answers_something_else_or_belongs_to_others_is_not_used(client, later, entry, fields):
    if "organisation" in fields:
        fields = {"organisation": factories.make_organisation()}
    VaultEntry.objects.update(**fields)

    response = reuse(client, later, entry)

    assert (response.status_code, later.documents.count()) == (404 if "organisation" in fields else 409, 0)


def test_a_certificate_expires_so_many_days_after_it_was_uploaded_unless_a_member_knows_better(client, earlier):
    requirement = earlier.call.requirements.get()
    type(requirement).objects.filter(pk=requirement.pk).update(valid_days=10)
    requirement.refresh_from_db()
    row = factories.attach(earlier, requirement, factories.pdf("b.pdf"), by=earlier.created_by)
    made = VaultEntry.objects.filter(document=row.document).first()

    assert made is None  # the same bytes lie there already
    VaultEntry.objects.all().delete()
    factories.attach(earlier, requirement, factories.pdf("c.pdf"), by=earlier.created_by)
    assert VaultEntry.objects.get().expires_on == clock.today() + timedelta(days=10)


def test_an_erased_document_is_offered_to_nobody(client, later, entry):
    Document.objects.filter(pk=entry.document_id).update(erased_at=clock.now(), file="", original_name="")

    assert offered(client, later) == []
    assert client.get(page(entry)).context["lines"] == []


def test_taking_a_document_off_takes_it_out_of_the_vault_where_nobody_else_holds_it(client, earlier, later, entry):
    documents.use_from_vault(later, later.call.requirements.get(), entry, by=earlier.created_by)
    documents.remove_document(later.documents.get(), by=earlier.created_by)
    kept = VaultEntry.objects.count()

    documents.remove_document(earlier.documents.get(), by=earlier.created_by)

    assert (kept, VaultEntry.objects.count()) == (1, 0)


# --- its page ---------------------------------------------------------------------------------------------------------


def page(entry: VaultEntry) -> str:
    return reverse("grants:vault_list", args=[entry.organisation.public_id])


def test_the_page_says_what_each_document_is_and_until_when_it_is_valid(client, entry):
    VaultEntry.objects.update(expires_on=clock.today() - timedelta(days=1))

    [line] = client.get(page(entry)).context["lines"]

    assert (line.title, line.standing) == ("Презентация", "over")


@pytest.mark.parametrize(("days", "standing"), [(None, "good"), (14, "good"), (13, "soon"), (0, "soon"), (-1, "over")])
def test_the_standing_of_a_document(client, entry, days, standing):
    VaultEntry.objects.update(expires_on=None if days is None else clock.today() + timedelta(days=days))

    assert client.get(page(entry)).context["lines"][0].standing == standing


PEOPLE = {
    "owner": (200, 302, 302),
    "editor": (200, 302, 302),
    "viewer": (200, 403, 403),
    "outsider": (404, 404, 404),
    "officer": (404, 404, 404),
    "auditor": (404, 404, 404),
    "administrator": (404, 404, 404),
    "expert": (404, 404, 404),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_members_read_the_vault_and_writers_change_it(client, entry, who):
    person = factories.make_user() if who in ("editor", "viewer", "outsider") else None
    if who in ("editor", "viewer"):
        factories.add_member(entry.organisation, person, MembershipRole(who))
    if who != "owner":
        client.force_login(person or factories.make_staff(who))
    file, expiry, removal = (
        reverse(f"grants:vault_{verb}", args=[entry.public_id]) for verb in ("download", "expiry", "remove")
    )

    answers = [
        client.get(page(entry)),
        client.get(file),
        client.post(expiry, {"until": "2027-01-31"}),
        client.post(removal),
    ]

    seen, dated, removed = PEOPLE[who]
    assert [answer.status_code for answer in answers] == [seen, seen, dated, removed]
    assert VaultEntry.objects.count() == (0 if removed == 302 else 1)


@pytest.mark.parametrize(
    ("typed", "kept"), [("2027-01-31", date(2027, 1, 31)), ("", None), ("soon", date(2026, 12, 1))]
)
def test_a_member_sets_until_when_a_document_is_valid(client, entry, typed, kept):
    VaultEntry.objects.update(expires_on=date(2026, 12, 1))

    client.post(reverse("grants:vault_expiry", args=[entry.public_id]), {"until": typed})

    entry.refresh_from_db()
    assert entry.expires_on == kept


@pytest.mark.parametrize("year", [1900, 2900])
def test_a_year_that_cannot_be_meant_is_refused(earlier, entry, year):
    with pytest.raises(Refused) as refused:
        vault.set_expiry(entry, date(year, 1, 1), by=earlier.created_by)

    assert refused.value.code == "odd_date"


def test_removing_keeps_the_document_where_it_is_used_and_leaves_a_trail(client, earlier, entry):
    client.post(reverse("grants:vault_remove", args=[entry.public_id]))

    assert (VaultEntry.objects.count(), earlier.documents.count()) == (0, 1)
    assert AuditEvent.objects.filter(verb="vault.remove", actor_id=earlier.created_by.pk).count() == 1


def test_a_viewer_cannot_change_it_by_the_action_either(entry):
    viewer = factories.make_user()
    factories.add_member(entry.organisation, viewer, MembershipRole.VIEWER)

    with pytest.raises(NotAllowed):
        vault.remove_entry(entry, by=viewer)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_whatever_it_lists(client, earlier, entry, rows, django_assert_num_queries):
    for number in range(rows - 1):
        row = factories.attach(
            earlier,
            earlier.call.requirements.get(),
            factories.SimpleUploadedFile(f"{number}.pdf", factories.make_pdf(str(number))),
            by=earlier.created_by,
        )
        assert row.pk
    client.get(page(entry))

    with django_assert_num_queries(6):  # session, person, organisation, entries with documents, titles, may change
        client.get(page(entry))
