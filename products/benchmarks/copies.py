"""Shops that may be changed: filled anew or copied, and gone afterwards.

Each has somebody who may do everything, whose sign-in `serving` knows.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from products.benchmarks.serving import environment_of, python

FILL = ("-m", "products.benchmarks.filling")
DATABASE = "bench_mixed"  # on a server
FILE = "shop.sqlite3"


@contextmanager
def filled_shop(base: str, products: int, **env: str) -> Iterator[dict[str, str]]:
    """Give the environment of a shop with that many products beside `base`, a URL."""
    with _beside(base, env) as environment:
        python(environment, *FILL, str(products), "--anew")
        _prepare(environment)
        yield environment


@contextmanager
def copied_shop(base: str, **env: str) -> Iterator[dict[str, str]]:
    """Give the environment of a copy of the shop in `base`: SQLite or PostgreSQL.

    On PostgreSQL nobody else may be connected to it while it is copied.
    """
    with _beside(base, env) as environment:
        if base.startswith("sqlite"):
            _copy_file(_path(base), _path(environment["DATABASE_URL"]))
        else:
            python(environment, *FILL, "0", "--anew", "--copy-of", _name(base))
        _prepare(environment)
        yield environment


@contextmanager
def _beside(base: str, env: dict[str, str]) -> Iterator[dict[str, str]]:
    """Name a place for a shop, and remove what is there in the end."""
    with tempfile.TemporaryDirectory() as folder:
        if base.startswith("sqlite"):
            url = f"sqlite:///{folder}/{FILE}"
        else:
            url = f"{base.removesuffix(_name(base))}{DATABASE}"
        environment = environment_of(url, MEDIA_ROOT=f"{folder}/media", **env)
        try:
            yield environment
        finally:
            python(environment, *FILL, "0", "--anew")


def _path(url: str) -> Path:
    return Path(url.partition("///")[2])


def _name(url: str) -> str:
    return url.rpartition("/")[2]


def _copy_file(source: Path, target: Path) -> None:
    """Copy also what is still in the log beside the file."""
    with (
        closing(sqlite3.connect(source)) as one,
        closing(sqlite3.connect(target)) as other,
    ):
        one.backup(other)


def _prepare(environment: dict[str, str]) -> None:
    python(environment, "manage.py", "createcachetable")
    python(environment, "manage.py", "createsuperuser", "--noinput")
