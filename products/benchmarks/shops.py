"""The shops that pages are measured in: one with many products, one with few.

Both are seen by one process, in turns. Django knows one database by a name, so the
connection is changed under it, and the cache with it.
"""

from copy import deepcopy
from typing import Any

import environ
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import connections
from django.test import Client

EMAIL = "bench@example.com"
ROLE = "Admin"
FOUND = 200


class Shop:
    """A database of products, and somebody with the Admin role who is signed in."""

    def __init__(self, url: str) -> None:
        self._database = _open(url)
        self._cache = LocMemCache(url, {})
        self.client = Client()
        self.enter()
        people: Any = get_user_model()._default_manager
        person = people.filter(email=EMAIL).first()
        self.client.force_login(
            person or people.create_user(EMAIL, role=ROLE, name="Bench")
        )

    def enter(self) -> None:
        """Let this be the shop that everything sees from here on."""
        connections["default"] = self._database
        caches["default"] = self._cache

    def get(self, path: str) -> Any:
        """Return the answer to a page, which must be there; enters the shop."""
        self.enter()
        answer = self.client.get(path)
        if answer.status_code != FOUND:
            raise AssertionError(f"{path} answers {answer.status_code}")
        return answer


def _open(url: str) -> Any:
    settings: dict[str, Any] = deepcopy(connections.databases["default"])
    settings |= environ.Env.db_url_config(url) | {"OPTIONS": settings["OPTIONS"]}
    # A pool belongs to the name of the database, which is that of the other shop too.
    settings["OPTIONS"].pop("pool", None)
    made = connections.create_connection("default")
    return type(made)(settings, "default")
