"""The members' pages on a phone, the observers' live page, the secretary's page in the admin."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.actions import agenda, attendance, declarations, results, votes
from committees.models import AgendaItem, Attendance, Ballot, Dissent, Meeting, MinutesSignature, Resolution
from committees.statuses import MeetingStatus
from core import clock
from notifications.models import Message
from tests import factories
from tests.commission import plan_meeting
from tests.committees.rows import Room
from tests.shared import shared

pytestmark = pytest.mark.django_db


@shared
def planned() -> Room:
    return Room(3, items=1, blocs=2, alternates=1)


@shared
def room(planned) -> Room:
    return planned.open()


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def page(room: Room, name: str = "meeting", *more: str) -> str:
    return reverse(f"committees:{name}", args=[room.meeting.public_id, *more])


def act(client, room: Room, verb: str, **data):
    return client.post(reverse("admin:committees_meeting_act", args=[room.meeting.pk, verb]), data, follow=True)


# --- members --------------------------------------------------------------------------------------------------


def test_papers_open_after_the_declaration(client, planned):
    client.force_login(planned.people[0])

    before = client.get(page(planned))
    client.post(page(planned, "declare"), {"is_none": "on", "items": [planned.items[0].public_id]})
    after = client.get(page(planned))

    assert (before.context["is_declared"], after.context["is_declared"]) == (False, True)
    assert before.context["papers"] == {}
    row = next(row for bloc in after.context["blocs"] for row in bloc.rows if row.item == planned.items[0])
    assert row.own_recusal in text(after)


def test_a_declaration_is_confirmed_to_be_whole(client, planned):
    client.force_login(planned.people[0])

    answer = client.post(page(planned, "declare"), {})

    assert answer.status_code == 200
    assert answer.context["form"].errors["is_none"]


def test_one_item_is_voted_on_by_two_presses(client, room):
    agenda.open_item(room.items[0], by=room.secretary)
    client.force_login(room.people[0])
    asked = client.get(page(room, "vote"))

    answer = client.post(page(room, "vote"), {"item": room.items[0].public_id, "choice": "for"}, follow=True)

    assert str(room.items[0].title) in text(asked)
    assert Ballot.objects.get().choice == "for"
    assert answer.context["asked"] == []


def test_a_bloc_is_one_screen_without_the_items_in_conflict(client, room):
    declarations.declare(room.meeting, [room.items[1]], by=room.people[0])
    agenda.open_bloc(room.meeting, "award", by=room.secretary)
    client.force_login(room.people[0])

    asked = client.get(page(room, "vote"))
    client.post(page(room, "vote"), {"bloc": "award", "choice": "against"})

    assert [row.item for row in asked.context["asked"]] == [room.items[2]]
    assert list(Ballot.objects.values_list("item", "is_bloc")) == [(room.items[2].pk, True)]


def test_a_vote_without_a_choice_and_a_second_one_are_refused_in_place(client, room):
    agenda.open_item(room.items[0], by=room.secretary)
    client.force_login(room.people[0])

    empty = client.post(page(room, "vote"), {"item": room.items[0].public_id})
    client.post(page(room, "vote"), {"item": room.items[0].public_id, "choice": "for"})
    again = client.post(page(room, "vote"), {"item": room.items[0].public_id, "choice": "against"})

    assert empty.context["form"].errors["choice"]
    assert again.context["form"].non_field_errors()
    assert Ballot.objects.get().choice == "for"


def test_others_votes_are_hidden_until_the_item_is_closed(client, room):
    room.vote(room.items[0], "against", "for", "for")
    client.force_login(room.people[1])
    before = text(client.get(page(room)))
    results.close_item(room.items[0], by=room.secretary)

    after = text(client.get(page(room)))

    name = str(room.people[0])
    vote = f"{name}: {Ballot.objects.get(seat=room.seats[0]).get_choice_display()}"
    assert (vote in before, vote in after) == (False, True)


def test_the_secretary_does_not_see_an_open_vote_either(client, room):
    room.vote(room.items[0], "against", "for", "")
    client.force_login(room.secretary)

    words = text(client.get(reverse("admin:committees_meeting_change", args=[room.meeting.pk])))

    assert Ballot.objects.get(seat=room.seats[0]).get_choice_display() + "<" not in words
    assert f"{room.people[0]}: " not in words


def test_a_member_takes_an_item_out_and_dissents(client, room):
    client.force_login(room.people[0])
    client.post(page(room, "take_out", room.items[1].public_id))
    room.vote(room.items[1], "against", "for", "for")
    results.close_item(room.items[1], by=room.secretary)

    client.post(page(room, "dissent", room.items[1].public_id), {"text": "Қарсымын."})

    assert AgendaItem.objects.get(pk=room.items[1].pk).taken_out_by == room.seats[0]
    assert Dissent.objects.get().text == "Қарсымын."


def test_a_stranger_to_the_committee_sees_none_of_its_meetings(client, room):
    client.force_login(factories.make_staff("commission"))

    codes = [client.get(page(room, name)).status_code for name in ("meeting", "declare", "vote")]

    assert codes == [404, 404, 404]
    assert str(room.committee.name) not in text(client.get(reverse("committees:meeting_list")))


@pytest.mark.parametrize("extra", [1, 3])
def test_lists_cost_the_same_for_one_and_for_three(client, extra, django_assert_max_num_queries):
    room = Room(3, items=extra, blocs=extra).open()
    client.force_login(room.people[0])
    client.get(page(room))

    with django_assert_max_num_queries(26):
        client.get(page(room))
    client.force_login(room.secretary)
    client.get(reverse("admin:committees_meeting_change", args=[room.meeting.pk]))
    with django_assert_max_num_queries(32):
        client.get(reverse("admin:committees_meeting_change", args=[room.meeting.pk]))


def test_the_list_of_meetings_costs_the_same_for_one_and_for_three(client, room):
    def cost(person, address) -> int:
        client.force_login(person)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    pages = [
        (room.people[0], reverse("committees:meeting_list")),
        (room.secretary, reverse("admin:committees_meeting_changelist")),
    ]
    one = [cost(*page) for page in pages]
    for _n in range(2):
        plan_meeting(room.committee, by=room.secretary)

    assert [cost(*page) for page in pages] == one
    assert max(one) <= 16


# --- observers ------------------------------------------------------------------------------------------------


def test_an_observer_follows_the_session_without_personal_data(client, planned):
    attendance.invite_observer(planned.meeting, name="Әсел", email="o@example.test", by=planned.secretary)
    path = Message.objects.get(event="meeting_observed").context["path"]
    planned.open()
    planned.vote(planned.items[0], "for", "for", "against")
    results.close_item(planned.items[0], by=planned.secretary)

    words = text(client.get(path))

    hidden = [*map(str, planned.people), str(planned.secretary), "Әсел", "o@example.test", str(planned.items[0].title)]
    assert [word for word in hidden if word in words] == []
    assert planned.items[0].reference in words
    assert client.get(path[:-3] + "xx/").status_code == 404


def test_a_new_link_ends_the_earlier_one(client, planned):
    observer = attendance.invite_observer(planned.meeting, name="Әсел", email="o@example.test", by=planned.secretary)
    path = Message.objects.get(event="meeting_observed").context["path"]

    token = attendance.renew_link(observer, by=planned.secretary)

    assert client.get(path).status_code == 404
    assert client.get(reverse("committees:live", args=[token])).status_code == 200


# --- the secretary --------------------------------------------------------------------------------------------


def test_a_meeting_runs_by_the_secretarys_buttons(client, planned):
    for seat in planned.seats:
        declarations.declare(planned.meeting, [], by=seat.user)
    client.force_login(planned.secretary)
    for seat in planned.seats:
        act(client, planned, "attendance", seat=seat.pk, how="remote")
    act(client, planned, "open")
    act(client, planned, "open_bloc", bloc="award")
    for person in planned.people:
        votes.cast_bloc(planned.meeting, "award", "for", by=person)
    act(client, planned, "close_bloc", bloc="award")
    act(client, planned, "open_item", item=planned.items[0].public_id)
    for person in planned.people:
        votes.cast_ballot(planned.items[0], "against", by=person)
    act(client, planned, "close_item", item=planned.items[0].public_id)
    act(client, planned, "close")
    answer = act(client, planned, "minutes")

    assert Meeting.objects.get().status == MeetingStatus.CLOSED
    assert sorted(Resolution.objects.values_list("verdict", flat=True)) == ["adopted", "adopted", "rejected"]
    assert Attendance.objects.filter(is_remote=True).count() == 3
    paper = client.get(
        reverse("admin:committees_meeting_minutes", args=[planned.meeting.pk, answer.context["minutes"][0].public_id])
    )
    assert paper["Content-Type"] == "application/pdf"


def test_a_refusal_is_shown_above_the_page(client, planned):
    client.force_login(planned.secretary)

    answer = act(client, planned, "open")

    assert len(list(answer.context["messages"])) == 1
    assert Meeting.objects.get().status == MeetingStatus.PLANNED


def test_the_forms_of_a_meeting(client, planned):
    client.force_login(planned.secretary)

    def send(verb, query="", **data):
        address = reverse("admin:committees_meeting_form", args=[planned.meeting.pk, verb])
        assert client.get(address + query).status_code == 200
        return client.post(address + query, data).status_code

    assert send("observer", name="Әсел", body="Палата", email="", language="kk") == 302
    seats = {"alternate": planned.alternates[0].pk, "replaces": planned.seats[2].pk}
    assert send("substitute", **seats) == 302
    planned.come(*planned.seats[:2], planned.alternates[0])
    act(client, planned, "open")
    for item in planned.items:
        assert send("defer", f"?item={item.public_id}", reason="Кейін.") == 302
    act(client, planned, "close")
    act(client, planned, "minutes")
    assert send("minutes", reason="Қате.") == 302
    signed = {"seats": [planned.seats[0].pk], "signed_on": clock.today().isoformat(), "scan": factories.pdf()}
    assert send("sign", **signed) == 302
    assert MinutesSignature.objects.count() == 2


def test_a_meeting_is_planned_and_called_off_in_the_admin(client, planned):
    client.force_login(planned.secretary)
    day = clock.today().replace(year=clock.today().year + 1)
    fields = {"starts_at_0": day.isoformat(), "starts_at_1": "10:00:00", "place_kk": "Алматы", "place_ru": "Алматы"}

    client.post(
        reverse("admin:committees_meeting_add"), {"committee": planned.committee.pk, "observers_needed": 2, **fields}
    )
    made = Meeting.objects.latest("pk")
    client.post(reverse("admin:committees_meeting_form", args=[made.pk, "cancel"]), {"reason": "Кворум жоқ"})

    assert (made.observers_needed, Meeting.objects.get(pk=made.pk).status) == (2, "cancelled")


def test_a_court_act_is_entered_by_an_administrator(client, room):
    room.vote(room.items[0], "for", "for", "for")
    resolution = results.close_item(room.items[0], by=room.secretary)
    client.force_login(factories.make_staff("administrator"))
    address = reverse("admin:committees_meeting_form", args=[room.meeting.pk, "annul"])
    act_of = {
        "court": "Алматы соты",
        "act_number": "2-15",
        "act_date": "2026-05-05",
        "reason_kk": "а",
        "reason_ru": "б",
    }

    client.post(f"{address}?resolution={resolution.public_id}", act_of)

    assert Resolution.objects.standing().count() == 0
    assert Resolution.objects.get().annulment.court == "Алматы соты"


def test_a_committees_rule_stands_beside_worked_cases(client, room):
    client.force_login(factories.make_staff("administrator"))

    answer = client.get(reverse("admin:committees_committee_change", args=[room.committee.pk]))

    assert answer.status_code == 200
    assert text(answer).count("<tr>") > 12


def test_those_who_check_read_the_page_without_buttons(client, room):
    client.force_login(factories.make_staff("auditor"))

    answer = client.get(reverse("admin:committees_meeting_change", args=[room.meeting.pk]))

    assert "/act/" not in text(answer)
