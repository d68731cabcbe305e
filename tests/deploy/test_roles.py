"""deploy/postgres/10-roles.sh on a real PostgreSQL: the role of web and worker cannot get past the triggers."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.services import postgres, skip_or_fail

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def server():
    """A server of this module's own: roles belong to a whole server, and the run's may be somebody's."""
    try:
        server = postgres.launch()
    except postgres.PostgresMissing as missing:
        skip_or_fail(str(missing))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def connect(server):
    """Roles made as the container makes them, the schema migrated by its owner; connects as the role asked for."""
    path = f"{server.binaries}{os.pathsep}{os.environ['PATH']}"
    secrets = {"DB_OWNER_PASSWORD": 'owner\'s "own"', "DB_PASSWORD": "web", "POSTGRES_DB": "postgres"}
    script = ROOT / "deploy" / "postgres" / "10-roles.sh"
    environment = {**os.environ, **secrets, "PATH": path, "PGHOST": str(server.folder)}
    subprocess.run(["sh", script], env=environment, check=True)
    as_owner = {**os.environ, "DATABASE_URL": server.url.replace("//postgres@", "//portal_owner@")}
    migrate = [sys.executable, ROOT / "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(migrate, env=as_owner, cwd=ROOT, check=True)
    return lambda role: psycopg.connect(server.url.replace("//postgres@", f"//{role}@"), autocommit=True)


def test_the_role_of_web_reads_and_writes_rows(connect):
    with connect("portal") as database:
        database.execute("INSERT INTO django_session VALUES ('key', 'data', now())")

        found = database.execute("SELECT session_data FROM django_session").fetchall()

    assert found == [("data",)]


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE core_auditevent DISABLE TRIGGER ALL",
        "TRUNCATE core_auditevent",
        "DROP TABLE core_auditevent",
        "CREATE TABLE mine (a int)",
        "SET session_replication_role = replica",
    ],
)
def test_the_role_of_web_cannot_get_past_the_triggers(connect, statement):
    with connect("portal") as database, pytest.raises(psycopg.errors.InsufficientPrivilege):
        database.execute(statement)


def test_the_owner_of_the_tables_is_the_role_that_migrates(connect):
    with connect("portal") as database:
        owners = database.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'").fetchall()

    assert owners == [("portal_owner",)]
