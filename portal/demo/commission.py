"""The commission of the year: the orders behind it and behind the calls, its people, its seats."""

from datetime import timedelta

from accounts.models import User
from accounts.statuses import Role
from committees.models import Committee, Seat
from committees.statuses import CommitteeKind, SeatRole
from documents.models import Order
from portal.demo.invention import data
from portal.demo.papers import PDF, Store, document, note_stored
from portal.demo.people import STAFF_SINCE, give_roles, make_user
from portal.demo.season import Season

DOOR, SECRETARY = "door", "secretary"
SEATED = -140  # days: before the first call
LAST = timedelta(days=730)  # seats end two years later
OBSERVERS = 2
SIGNED = {"commission": SEATED, "experts": -135, "finished": -129, "deciding": -59, "open": -19}


def make_commission(season: Season) -> None:
    """Seven who vote, two alternates, the secretary; the doors' member and secretary are among them."""
    texts, since = data("commission"), season.days.at(SEATED).date()
    _sign_orders(season)
    committee = Committee.objects.create(
        kind=CommitteeKind.GRANT,
        order=season.orders["commission"],
        observers_needed=OBSERVERS,
        **texts["committee"],
    )
    people = _people(season)
    seats = [
        Seat(
            committee=committee,
            user=people[row["key"]],
            role=SeatRole(row["role"]),
            since=since,
            until=since + LAST,
            order=season.orders["commission"],
        )
        for row in texts["people"]
    ]
    Seat.objects.bulk_create(seats)
    season.seats = {row["key"]: seat for row, seat in zip(texts["people"], seats, strict=True)}


def _sign_orders(season: Season) -> None:
    """Invented and marked so; their files follow when the store of documents is there."""
    for key, texts in data("commission")["orders"].items():
        signed_on = season.days.at(SIGNED[key]).date()
        season.orders[key] = Order(signed_on=signed_on, is_example=True, **texts)
    Order.objects.bulk_create(season.orders.values())


def _people(season: Season) -> dict[str, User]:
    """Who sits: the accounts of the doors, and others as whom nobody can sign in."""
    since, found = season.days.at(STAFF_SINCE, 9), dict[str, User]()
    for number, row in enumerate(data("commission")["people"]):
        if "name" in row:
            email = f"commission{number}@staff.example.test"
            found[row["key"]] = make_user(season, email, row["name"], row["language"], since)
    User.objects.bulk_create(found.values())
    give_roles([(user, Role.COMMISSION) for user in found.values()])
    return {**found, DOOR: season.accounts["commission"], SECRETARY: season.accounts["secretary"]}


def store_orders(season: Season, store: Store) -> None:
    """One small file for each order."""
    by = season.accounts["admin"]
    for order in season.orders.values():
        at = season.days.at((order.signed_on - season.today).days, 17)
        made = document(season, store.paper("order"), f"{order.number}.pdf", PDF, by, at)
        made.save(force_insert=True)
        note_stored(season, made)
        order.document = made
    Order.objects.bulk_update(season.orders.values(), ["document"])
