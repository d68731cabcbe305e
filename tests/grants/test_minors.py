"""A minor needs a guardian's consent; an IIN only hints; their facts are for the own organisation and officers."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from accounts.statuses import Role
from core import clock
from core.identifiers import control_digit, is_minor, maybe_minor
from core.models import AuditEvent
from core.refusals import Refused
from documents.models import Document
from grants.actions.applications import submit_application, take_back_application
from grants.actions.minors import add_guardian_consent, remove_guardian_consent, say_minor
from grants.models import GuardianConsent
from grants.queries.applicants import asks_about_minors
from grants.queries.completeness import gaps
from grants.queries.content import part_titles
from grants.queries.snapshot import snapshot
from tests.factories import add_member, make_call, make_draft, make_organisation, make_staff, make_user, pdf

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def iin_born(on: date) -> str:
    """An invented IIN whose digits tell this birthday."""
    century = "5" if on.year >= 2000 else "3"
    for serial in range(100, 999):
        first = f"{on:%y%m%d}{century}{serial:04d}"
        if control_digit(first) is not None:
            return f"{first}{control_digit(first)}"
    raise AssertionError


YOUNG = date(2012, 5, 31)
CONSENT = {
    "minor_name": "Сырымбет Жас",
    "born_on": YOUNG.isoformat(),
    "guardian_name": "Айгүл Ана",
    "guardian_phone": "8 701 123 45 67",
}


@pytest.fixture
def owner():
    return make_user(language="en")


def draft_of(owner, *, allows: bool = True, **organisation):
    make_organisation(owner, **organisation)
    return make_draft(owner, make_call(allows_minors=allows))


@pytest.fixture
def draft(owner):
    """Of a person whose IIN says «under 18», in a call that takes minors."""
    return draft_of(owner, kind="person", identifier=iin_born(YOUNG))


def page(draft) -> str:
    with override("en"):
        return reverse("grants:application_minors", args=[draft.public_id])


def give(client, draft, **changes):
    return client.post(page(draft), {**CONSENT, "file": pdf("келісім.pdf"), "then": "add", **changes})


def consent_of(draft, owner) -> GuardianConsent:
    typed = {**CONSENT, "born_on": YOUNG, "guardian_phone": "+77011234567"}
    return add_guardian_consent(draft, **typed, file=pdf(), by=owner)


def lacking(draft) -> list[str]:
    draft.refresh_from_db()
    return [gap.field for gap in gaps(draft)]


@pytest.mark.parametrize(
    ("organisation", "allows", "asked"),
    [
        ({"kind": "person", "identifier": iin_born(YOUNG)}, True, True),
        ({"kind": "person", "identifier": iin_born(YOUNG)}, False, True),
        ({"kind": "person", "identifier": "910228400006"}, True, False),
        ({"kind": "team", "identifier": ""}, True, True),
        ({"kind": "team", "identifier": ""}, False, False),
        ({"kind": "llp"}, True, False),
    ],
)
def test_who_is_asked(owner, organisation, allows, asked):
    draft = draft_of(owner, allows=allows, **organisation)

    assert (asks_about_minors(draft), "minors" in dict(part_titles(draft))) == (asked, asked)
    assert lacking(draft) == (["has_minor"] if asked else [])


def test_the_age_of_majority_is_the_eighteenth_birthday():
    eighteenth = date(2030, 5, 31)

    assert is_minor(YOUNG, today=eighteenth - timedelta(days=1))
    assert not is_minor(YOUNG, today=eighteenth)
    assert not maybe_minor("040230500009", today=eighteenth)


def test_an_iin_only_hints_and_the_applicant_corrects_it(client, draft, owner):
    client.force_login(owner)

    client.post(page(draft), {"has_minor": "no", "then": "say"})

    assert lacking(draft) == []
    assert submit_application(draft, agreed={"declaration"}, by=owner).number == 1


def test_yes_asks_for_the_consent_until_it_is_here(client, draft, owner):
    client.force_login(owner)
    client.post(page(draft), {"has_minor": "yes", "then": "say"})
    before = lacking(draft)

    give(client, draft)

    consent = GuardianConsent.objects.get()
    assert (before, lacking(draft)) == (["has_minor"], [])
    assert (consent.minor_name, consent.born_on, consent.guardian_phone) == ("Сырымбет Жас", YOUNG, "+77011234567")


def test_where_the_call_takes_no_minors_it_says_so_at_the_start_in_plain_words(client, owner):
    make_organisation(owner, kind="person", identifier=iin_born(YOUNG))
    call = make_call()
    client.force_login(owner)

    with override("en"):
        body = client.get(reverse("grants:application_start", args=[call.public_id])).content.decode()

    assert "this call is for people of 18 or older" in body


def test_where_the_call_takes_no_minors_yes_is_refused_and_no_goes_on(client, owner):
    draft = draft_of(owner, allows=False, kind="person", identifier=iin_born(YOUNG))
    client.force_login(owner)

    yes = client.post(page(draft), {"has_minor": "yes", "then": "say"})
    added = give(client, draft)
    client.post(page(draft), {"has_minor": "no", "then": "say"})

    assert (yes.status_code, added.status_code, GuardianConsent.objects.count()) == (409, 409, 0)
    assert lacking(draft) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minor_name": ""}, "minor_name"),
        ({"minor_name": "я" * 151}, "minor_name"),
        ({"born_on": ""}, "born_on"),
        ({"born_on": "31.31.2012"}, "born_on"),
        ({"born_on": "2012-02-30"}, "born_on"),
        ({"born_on": "2999-01-01"}, "born_on"),
        ({"born_on": "1850-01-01"}, "born_on"),
        ({"born_on": "1990-01-01"}, "born_on"),
        ({"guardian_name": ""}, "guardian_name"),
        ({"guardian_phone": ""}, "guardian_phone"),
        ({"guardian_phone": "12345"}, "guardian_phone"),
        ({"guardian_phone": "8 701 123"}, "guardian_phone"),
        ({"file": ""}, "file"),
        ({"file": SimpleUploadedFile("x.pdf", b"")}, "file"),
        ({"file": SimpleUploadedFile("x.pdf", b"not a pdf at all")}, "file"),
    ],
)
def test_bad_input_is_answered_beside_its_field_and_keeps_what_was_typed(client, draft, owner, changes, field):
    client.force_login(owner)

    form = give(client, draft, **changes).context["consent"]

    assert list(form.errors) == [field]
    assert (GuardianConsent.objects.count(), Document.objects.filter(original_name="келісім.pdf").count()) == (0, 0)
    assert form["guardian_name"].value() == {**CONSENT, **changes}["guardian_name"]


def test_neither_yes_nor_no_is_answered_beside_the_field(client, draft, owner):
    client.force_login(owner)

    assert list(client.post(page(draft), {"then": "say"}).context["said"].errors) == ["has_minor"]


def test_a_phone_of_another_country_is_taken_and_shown_readably(client, draft, owner):
    client.force_login(owner)
    give(client, draft, guardian_phone="+49 151 23456789")

    body = client.get(page(draft)).content.decode()

    assert GuardianConsent.objects.get().guardian_phone == "+4915123456789"
    assert "+49\u00a01512\u00a03456789" in body


def test_a_consent_is_taken_off_again(client, draft, owner):
    consent = consent_of(draft, owner)
    client.force_login(owner)

    client.post(reverse("grants:guardian_consent_remove", args=[consent.public_id]))

    assert (GuardianConsent.objects.count(), lacking(draft)) == (0, ["has_minor"])


@pytest.mark.parametrize("was_sent", [False, True])
def test_a_paper_that_was_taken_off_stays_only_for_what_was_sent_with_it(draft, owner, was_sent):
    consent = consent_of(draft, owner)
    paper = consent.document
    if was_sent:
        submit_application(draft, agreed={"declaration"}, by=owner)
        take_back_application(draft, by=owner)

    remove_guardian_consent(consent, by=owner)

    paper.refresh_from_db()
    assert (paper.erased_at is None, bool(paper.file)) == (was_sent, was_sent)


def test_exactly_these_people_read_a_minors_facts(draft, owner):
    colleague, viewer = make_user(), make_user()
    add_member(draft.organisation, colleague, "editor")
    add_member(draft.organisation, viewer, "viewer")
    people = {"owner": owner, "editor": colleague, "viewer": viewer, "outsider": make_user()}
    people |= {str(role): make_user(roles=[role]) for role in Role.values}
    consent_of(draft, owner)

    def seeing() -> set[str]:
        return {who for who, person in people.items() if GuardianConsent.objects.visible_to(person).exists()}

    in_draft = seeing()
    submit_application(draft, agreed={"declaration"}, by=owner)

    assert in_draft == {"owner", "editor", "viewer"}
    assert seeing() == {"owner", "editor", "viewer", "officer"}
    assert AnonymousUser().is_anonymous


def test_the_paper_and_the_dossier_follow_the_same_rule(client, draft, owner):
    consent = consent_of(draft, owner)
    submit_application(draft, agreed={"declaration"}, by=owner)
    paper = reverse("grants:guardian_paper", args=[consent.public_id])
    dossier = reverse("admin:grants_application_change", args=[draft.pk])
    found = {}

    for role in ("officer", "secretary", "commission", "auditor"):
        client.force_login(make_staff(role))
        found[role] = (client.get(paper).status_code, "Сырымбет Жас" in client.get(dossier).content.decode())

    assert found == {
        "officer": (200, True),
        "secretary": (404, False),
        "commission": (404, False),
        "auditor": (404, False),
    }


def test_no_name_reaches_the_snapshot_the_trail_or_the_list_of_parts(draft, owner):
    consent = consent_of(draft, owner)
    draft.refresh_from_db()

    kept = snapshot(draft)
    trail = " ".join(str(e.data) for e in AuditEvent.objects.all())

    assert kept["minors"] == {"has_minor": True, "consents": [consent.document.sha256]}
    assert [words for words in ("Сырымбет", "Айгүл", "2012-05-31") if words in str(kept) + trail] == []


def test_what_was_sent_is_not_changed_any_more(draft, owner):
    consent_of(draft, owner)
    submit_application(draft, agreed={"declaration"}, by=owner)

    with pytest.raises(Refused):
        say_minor(draft, False, by=owner)


def test_a_viewer_reads_and_changes_nothing(client, draft):
    viewer = make_user()
    add_member(draft.organisation, viewer, "viewer")
    client.force_login(viewer)

    assert [client.get(page(draft)).status_code, give(client, draft).status_code] == [403, 403]


def test_who_is_not_asked_finds_no_such_section(client, owner):
    draft = draft_of(owner, kind="llp")
    client.force_login(owner)

    assert client.get(page(draft)).status_code == 404


def test_today_is_what_counts(draft, at):
    at(clock.now() + timedelta(days=366 * 8))

    assert not asks_about_minors(draft)
