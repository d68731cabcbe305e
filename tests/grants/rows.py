"""Rows as a stranger with a database client would write them, past every action."""

from typing import Any

from django.db import connection

from core import clock
from core.public_id import make_public_id
from grants.models import Application, Call, Decision
from tests import factories


def make_eligible(call: Call, count: int, *, amount: int) -> list[Application]:
    """Applications of one call that are with the experts, each with a review of 80 points; by real actions."""
    expert = factories.make_expert()
    applications = [factories.application_at("eligible", call=call, amount=amount) for _n in range(count)]
    for application in applications:
        factories.review(factories.assign(application, expert))
    return applications


def insert_decision(application: Application, *, amount: int, by: Any, outcome: str = "award", **other: Any) -> None:
    """`INSERT INTO grants_decision` in plain SQL; `amount` in whole tenge."""
    row = {
        "public_id": make_public_id(),
        "application_id": application.pk,
        "programme_year_id": application.call.programme_year_id,
        "outcome": outcome,
        "amount": amount * 100,
        "currency": "KZT",
        "reason_kk": "Себеп",
        "reason_ru": "Причина",
        "departure_motive": "",
        "staged_at": clock.now().isoformat(),
        "staged_by_id": by.pk,
        **other,
    }
    run(
        f"INSERT INTO {Decision._meta.db_table} ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))})",
        *row.values(),
    )


def run(sql: str, *values: Any) -> None:
    """One statement, as it stands."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def columns_and_values(row: Any, **changed: Any) -> tuple[str, list[Any]]:
    """The columns of a kept row and its values as the database holds them, some of them changed."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {row._meta.db_table} WHERE id = %s", [row.pk])
        names = [column[0] for column in cursor.description]
        values = dict(zip(names, cursor.fetchone(), strict=True))
    return ", ".join(names), list({**values, **changed}.values())


def replace(row: Any, **changed: Any) -> None:
    """SQLite's REPLACE over a kept row: it deletes without asking delete triggers."""
    names, values = columns_and_values(row, **changed)
    run(f"INSERT OR REPLACE INTO {row._meta.db_table} ({names}) VALUES ({', '.join(['%s'] * len(values))})", *values)
