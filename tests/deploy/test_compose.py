"""The compose file cannot run where the tests run: it is held against the settings, the routes and .env.example."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.urls import resolve, reverse

from documents.actions.pieces import PIECE
from documents.formulas.sheets import MOST_SHEETS

ROOT = Path(__file__).resolve().parents[2]
OURS = ("migrate", "web", "worker", "beat")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def services(compose):
    return compose["services"]


def settings_variables():
    return set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', (ROOT / "config" / "settings.py").read_text()))


def example_variables():
    return set(re.findall(r"^#?([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def compose_variables():
    """What the compose file takes from .env."""
    return set(re.findall(r"(?<!\$)\$\{([A-Z0-9_]+)", (ROOT / "docker-compose.yml").read_text()))


def test_every_variable_of_a_portal_service_is_read_by_the_settings(services):
    for name in OURS:
        assert set(services[name]["environment"]) - settings_variables() == set(), name


def test_the_example_documents_every_setting_and_every_variable_of_the_compose_file_and_no_other():
    assert example_variables() == settings_variables() | compose_variables()


def test_what_the_compose_file_requires_stands_uncommented_in_the_example():
    required = set(re.findall(r"\$\{([A-Z0-9_]+):\?", (ROOT / "docker-compose.yml").read_text()))

    written = set(re.findall(r"^([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert required - written == set()


def test_production_switches_stay_out_of_the_compose_file(services):
    for name in OURS:
        assert {"DEBUG", "DEMO", "HTTPS"} & set(services[name]["environment"]) == set()


def test_what_a_production_must_say_is_said_to_every_portal_service(services):
    must = {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "BEHIND_PROXY"}

    for name in OURS:
        assert must - set(services[name]["environment"]) == set(), name


def test_health_checks_ask_routes_that_exist(services):
    tests = " ".join(str(service.get("healthcheck", {}).get("test", "")) for service in services.values())

    paths = set(re.findall(r"https?://127\.0\.0\.1(?::8000)?(/\w+)", tests))

    assert paths == {"/healthz", "/readyz"}
    assert [resolve(path).url_name for path in sorted(paths)] == ["healthz", "readyz"]


def test_every_service_that_stays_up_has_a_health_check_and_a_restart_policy(services):
    stays = {name: service for name, service in services.items() if name not in ("migrate", "bucket")}

    assert [name for name, service in stays.items() if "healthcheck" not in service] == []
    assert [name for name, service in stays.items() if service.get("restart") != "unless-stopped"] == []


def test_exactly_one_beat_runs(services):
    beats = [name for name, service in services.items() if "beat" in service.get("command", [])]

    assert beats == ["beat"]
    assert services["beat"]["deploy"]["replicas"] == 1
    assert [arg for arg in services["worker"]["command"] if arg in ("-B", "--beat")] == []


def test_several_web_workers_serve():
    command = re.search(r"^CMD (.+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)

    workers = re.search(r"--workers=(\d+)", command[1])

    assert int(workers[1]) > 1


def test_web_and_worker_use_a_role_that_does_not_migrate(services):
    def role(name):
        return services[name]["environment"]["DATABASE_URL"].split("//")[1].split(":")[0]

    assert {name: role(name) for name in OURS} == {
        "migrate": "portal_owner",
        "web": "portal",
        "worker": "portal",
        "beat": "portal",
    }


def test_only_migrate_and_the_database_know_the_owners_password(compose):
    knows = [name for name, service in compose["services"].items() if "DB_OWNER_PASSWORD" in str(service)]

    assert sorted(knows) == ["migrate", "postgres"]


def test_what_must_survive_a_restart_lies_in_a_named_volume(compose):
    mounted = {
        volume.split(":")[0]
        for service in compose["services"].values()
        for volume in service.get("volumes", [])
        if not volume.startswith(".")
    }

    assert mounted == set(compose["volumes"]) == {"postgres", "valkey", "storage"}


def test_every_file_that_the_compose_file_mounts_exists(compose):
    mounts = [
        volume.split(":")[0]
        for service in compose["services"].values()
        for volume in service.get("volumes", [])
        if volume.startswith(".")
    ]

    assert [mount for mount in mounts if not (ROOT / mount).is_dir()] == []


def test_the_proxy_alone_is_reached_from_outside(services):
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_the_proxy_waits_for_the_name_of_the_web_service():
    conf = (ROOT / "deploy" / "nginx" / "default.conf.template").read_text()

    assert re.findall(r"server (\w+:\d+);", conf) == ["web:8000"]
    assert re.findall(r"proxy_pass http://(\w+:\d+);", conf) == ["storage:9000"]
    assert conf.count("internal;") == 2


def test_the_proxy_lets_through_what_django_answers_in_words():
    conf = (ROOT / "deploy" / "nginx" / "default.conf.template").read_text()
    everywhere, of_applications = (
        int(size) * 1024 * 1024 for size in re.findall(r"client_max_body_size (\d+)m;", conf)
    )
    [place] = re.findall(r"location ~ (\S+) \{\s+client_max_body_size", conf)
    pages = [
        reverse(f"grants:{name}", args=["x"]) for name in ("application_documents", "correction_edit", "upload_begin")
    ]

    assert everywhere > settings.UPLOAD_MAX_BYTES + PIECE
    assert of_applications > MOST_SHEETS * settings.UPLOAD_MAX_BYTES
    assert [bool(re.match(place, page)) for page in pages] == [True, True, True]
