"""Bring a shop of the benchmarks up to date, and fill it where it is empty.

    DATABASE_URL=… python -m products.benchmarks.filling 1000000

A server's database is made where it is missing. With `--anew` what is there goes first;
with 0 products nothing comes after it, or with `--copy-of NAME` a copy of another one
on PostgreSQL, which nobody may be connected to.
"""

import argparse
import os
import sys
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any

import django
from django.core.management import call_command
from django.db import connection


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("products", type=int)
    parser.add_argument("--anew", action="store_true")
    parser.add_argument("--copy-of", metavar="NAME")
    options = parser.parse_args()
    count: int = options.products
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_site.settings")
    django.setup()
    if options.anew:
        _server(_remove)
    if options.copy_of:
        _server(partial(_copy, options.copy_of))
    if not count:
        return
    _server(_create)
    start = perf_counter()
    call_command("migrate", verbosity=0)
    _say("migrated", start)
    from products.models import Product

    found = Product.objects.count()
    if not found:
        start = perf_counter()
        call_command("load_demo", products=count, verbosity=0)
        _say(f"{count:,} products loaded and checked", start)
    elif found != count:
        sys.exit(f"The shop has {found:,} products, not {count:,}: remove it first.")
    _analyze()


def _server(change: Callable[[Any, str, str], None]) -> None:
    """Change which databases a server has; SQLite makes its file by itself."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return
    wrapper: Any = connection
    with wrapper._nodb_cursor() as cursor:  # noqa: SLF001  (as Django's own tests do)
        change(cursor, name, connection.ops.quote_name(name))


def _create(cursor: Any, name: str, quoted: str) -> None:
    if connection.vendor == "mysql":
        cursor.execute(f"CREATE DATABASE IF NOT EXISTS {quoted} CHARACTER SET utf8mb4")
        return
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    if not cursor.fetchone():
        cursor.execute(f"CREATE DATABASE {quoted}")


def _copy(source: str, cursor: Any, name: str, quoted: str) -> None:
    template = connection.ops.quote_name(source)
    cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE {template}")


def _remove(cursor: Any, name: str, quoted: str) -> None:
    cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")


def _analyze() -> None:
    """Let the planner know what there is, as a server does by itself in time."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")


def _say(what: str, start: float) -> None:
    sys.stderr.write(f"{connection.vendor}: {what} in {perf_counter() - start:.0f} s\n")


if __name__ == "__main__":
    main()
