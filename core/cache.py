"""The cache fails open: with Redis down a page is slower and a limit is per process, but nothing breaks."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _open(name: str) -> Callable[..., Any]:
    """The cache method `name`, answered by a cache of this process while Redis does not answer."""

    def call(self: "OpenRedisCache", *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(OpenRedisCache, self), name)(*args, **kwargs)
        except (RedisError, OSError) as error:
            logger.warning("cache %s fell back to this process: %s", name, error)
            return getattr(self.fallback, name)(*args, **kwargs)

    return call


class OpenRedisCache(RedisCache):
    """Django's Redis cache with a per-process fallback (login limits keep counting in it)."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.fallback = LocMemCache("redis-fallback", {})

    add = _open("add")
    get = _open("get")
    set = _open("set")
    touch = _open("touch")
    delete = _open("delete")
    get_many = _open("get_many")
    set_many = _open("set_many")
    delete_many = _open("delete_many")
    has_key = _open("has_key")
    incr = _open("incr")
    clear = _open("clear")
