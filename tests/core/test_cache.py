"""With Redis killed a page is slower and a limit counts per process, but nothing breaks and nobody is locked out."""

import time

import pytest
from django.core.cache import cache, caches

from core.cache import OpenRedisCache
from tests.factories import make_user
from tests.services import start_broker

OPTIONS = {"OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.5}}


@pytest.fixture
def redis():
    """A server of the test's own, which it may kill."""
    server = start_broker()
    yield server
    server.stop()


@pytest.fixture
def open_cache(redis) -> OpenRedisCache:
    made = OpenRedisCache(redis.url, OPTIONS)
    made.fallback.clear()
    return made


def test_while_redis_answers_it_keeps_the_values(open_cache, redis):
    open_cache.set("key", "мән", 60)

    another_process = OpenRedisCache(redis.url, OPTIONS)
    another_process.fallback.clear()

    assert another_process.get("key") == "мән"


CALLS = {
    "get": lambda c: c.get("key", "default"),
    "set": lambda c: c.set("key", 1),
    "add": lambda c: c.add("key", 1),
    "touch": lambda c: c.touch("key"),
    "delete": lambda c: c.delete("key"),
    "get_many": lambda c: c.get_many(["key"]),
    "set_many": lambda c: c.set_many({"key": 1}),
    "delete_many": lambda c: c.delete_many(["key"]),
    "has_key": lambda c: c.has_key("key"),
    "in": lambda c: "key" in c,
    "get_or_set": lambda c: c.get_or_set("key", 1),
    "clear": lambda c: c.clear(),
}
ANSWERS = {
    "get": "default",
    "set": None,
    "add": True,
    "touch": False,
    "delete": False,
    "get_many": {},
    "set_many": [],
    "delete_many": None,
    "has_key": False,
    "in": False,
    "get_or_set": 1,
    "clear": None,
}


@pytest.mark.parametrize("name", CALLS)
def test_every_call_answers_when_redis_was_killed(open_cache, redis, name):
    redis.stop()

    assert CALLS[name](open_cache) == ANSWERS[name]


def test_a_limit_goes_on_counting_in_this_process(open_cache, redis):
    redis.stop()
    open_cache.set("tries", 1)

    counted = [open_cache.incr("tries"), open_cache.incr("tries"), open_cache.decr("tries")]

    assert counted == [2, 3, 2]


def test_when_redis_comes_back_it_is_used_again(open_cache, redis):
    redis.stop()
    open_cache.set("meanwhile", 1)

    redis.start()
    open_cache.set("after", 2)

    assert OpenRedisCache(redis.url, OPTIONS).get("after") == 2


def test_it_is_written_into_the_log(open_cache, redis, caplog):
    redis.stop()

    open_cache.get("key")

    assert "fell back to this process" in caplog.text


def test_a_redis_that_does_not_exist_costs_less_than_half_a_second_a_call():
    nowhere = OpenRedisCache("redis://127.0.0.1:1/0", OPTIONS)
    begin = time.monotonic()

    nowhere.get("key")

    assert time.monotonic() - begin < 0.5


@pytest.mark.django_db
def test_a_wrong_password_is_answered_and_limited_with_redis_killed(client, settings, redis):
    settings.CACHES = {"default": {"BACKEND": "core.cache.OpenRedisCache", "LOCATION": redis.url, **OPTIONS}}
    redis.stop()
    caches["default"].clear()
    make_user("aliya@example.test")
    wrong = {"login": "aliya@example.test", "password": "wrong password"}

    answers = [client.post("/en/account/login/", wrong) for _try in range(7)]

    assert {answer.status_code for answer in answers} <= {200, 429}
    assert "Too many" in answers[-1].content.decode()
    cache.clear()
