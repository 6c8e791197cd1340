"""Faults of a set-up that Django's own checks don't look for."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from accounts.breached import is_sorted

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "testserver"}
PER_PROCESS_CACHE = "django.core.cache.backends.locmem.LocMemCache"


# At `check --deploy` only: the one process of `make run` has nothing to share.
@checks.register(checks.Tags.caches, deploy=True)
def check_cache_is_shared(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Warn of a cache in memory beside a database that several processes share."""
    is_server = not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    if not is_server or settings.CACHES["default"]["BACKEND"] != PER_PROCESS_CACHE:
        return []
    return [
        checks.Warning(
            "The cache is in the memory of each process, so with several processes"
            " the limits on sign-in attempts count in each of them apart.",
            hint=(
                "Set CACHE_URL=dbcache://django_cache and run"
                " `manage.py createcachetable` once, or name a Redis server."
                " With a single process all is well."
            ),
            id="inventory_site.W001",
        )
    ]


@checks.register(checks.Tags.security)
def check_debug_stays_at_home(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Warn of DEBUG where others can reach it: its error pages show the inside."""
    if not settings.DEBUG or not _public_hosts():
        return []
    return [
        checks.Warning(
            f"DEBUG is on, and ALLOWED_HOSTS names {', '.join(_public_hosts())}:"
            " error pages would show settings and code to everybody.",
            hint="Set DEBUG=false, or keep ALLOWED_HOSTS to localhost.",
            id="inventory_site.W002",
        )
    ]


@checks.register(checks.Tags.security)
def check_demo_stays_at_home(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Refuse a demo, whose sign-ins everybody knows, where others can reach it."""
    if not settings.DEMO or not _public_hosts():
        return []
    return [
        checks.Error(
            f"DEMO is on, and ALLOWED_HOSTS names {', '.join(_public_hosts())}:"
            " the demo's sign-ins are known to everybody.",
            hint="Set DEMO=false, or keep ALLOWED_HOSTS to localhost.",
            id="inventory_site.E001",
        )
    ]


@checks.register(checks.Tags.urls)
def check_mails_know_the_site(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Warn of mails whose links begin with a guess."""
    if settings.SITE_URL or not settings.EMAIL_IS_SET_UP:
        return []
    return [
        checks.Warning(
            "EMAIL_URL is set and SITE_URL is not: links in mails begin with the first"
            " name of ALLOWED_HOSTS, which may not be where people reach the shop.",
            hint="Set SITE_URL, for example to https://shop.example.com.",
            id="inventory_site.W003",
        )
    ]


# At `check --deploy` only: it reads here and there in a file of many gigabytes.
@checks.register(checks.Tags.security, deploy=True)
def check_breached_passwords_are_found(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Warn of a list in which the search would find nothing."""
    path = settings.BREACHED_PASSWORDS
    try:
        if not path or is_sorted(path):
            return []
    except OSError:
        pass  # said as below: nothing is found in it either
    return [
        checks.Warning(
            f"BREACHED_PASSWORDS names {path}, which can't be read, or isn't lines of"
            " SHA-1, colon and number, sorted: stolen passwords pass.",
            hint="Fetch the list anew, as one file of SHA-1; see docs/operations.md.",
            id="inventory_site.W004",
        )
    ]


def _public_hosts() -> list[str]:
    return [host for host in settings.ALLOWED_HOSTS if host not in LOOPBACK]
