"""One address, a client that has come as far as its form, and what it reads."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import urlencode

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from accounts.models import User
from accounts.tests.people import make_superuser
from inventory_site.tests.hostile.asking import Shown, names_read
from inventory_site.tests.hostile.states import STATES, STRANGERS
from inventory_site.tests.permissions_table import Row
from products.models import (
    Brand,
    Category,
    Hold,
    Location,
    Operation,
    Product,
    ProductChange,
    StockMovement,
)

URLENCODED = "application/x-www-form-urlencoded"
Fields = Mapping[str, Sequence[object]]
WITH_IDS: Sequence[type[Model]] = (Product, Location, Category, Brand, Operation, Hold)


class Target(NamedTuple):
    client: Client
    path: str
    names: list[str]
    usual: dict[str, list[str]]
    files: list[str]


def target_of(row: Row) -> Target:
    """Come to the address and find out what it reads, in two rounds.

    What is read may depend on what was sent, so the second one sends what the page
    shows and whatever the first one asked for.
    """
    owner = make_superuser()
    client = Client()
    if row.name not in STRANGERS:
        client.force_login(owner)
    path = path_of(row, client, owner)
    shown = Shown(shown_at(client, path))
    asked = set(shown.values) | shown.asked
    read: set[str] = set()
    for _round in range(2):
        usual = {name: shown.values.get(name, ["1"]) for name in asked}
        with names_read() as names, taken_back():
            send(client, row.method, path, usual, with_files=bool(shown.files))
        read |= names
        asked |= names
    return Target(client, path, sorted(read), shown.values, sorted(shown.files))


def path_of(row: Row, client: Client, person: User) -> str:
    state = STATES.get(row.name)
    if state is not None:
        return state(client, person)
    return reverse(row.name, kwargs=dict(row.given()))


def shown_at(client: Client, path: str) -> str:
    with taken_back():
        response = client.get(path)
        has_words = response.headers.get("Content-Type", "").startswith("text/html")
        return str(response.text) if has_words and not response.streaming else ""


def send(
    client: Client,
    method: str,
    path: str,
    fields: Fields,
    *,
    with_files: bool = False,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Send the fields as a browser would, whatever they are made of."""
    response = _sent(client, method, path, fields, with_files, headers)
    if response.streaming:
        b"".join(response.streaming_content)
    return response


def _sent(
    client: Client,
    method: str,
    path: str,
    fields: Fields,
    with_files: bool,
    headers: Mapping[str, str] | None,
) -> HttpResponse:
    cache.clear()  # or the throttles would answer
    pairs = {name: [_bytes(one) for one in given] for name, given in fields.items()}
    if method == "GET":
        address = f"{path}?{_urlencoded(pairs)}"
        return client.generic("GET", address, headers=headers)
    if with_files:
        body = encode_multipart(BOUNDARY, pairs)
        return client.generic("POST", path, body, MULTIPART_CONTENT, headers=headers)
    body = _urlencoded(pairs).encode()
    return client.generic("POST", path, body, URLENCODED, headers=headers)


def _urlencoded(pairs: Mapping[str, Sequence[object]]) -> str:
    texts = {
        name: [one for one in given if isinstance(one, bytes)]
        for name, given in pairs.items()
    }
    return urlencode(texts, doseq=True)


def _bytes(value: object) -> object:
    if isinstance(value, SimpleUploadedFile):
        value.seek(0)
        return value
    return str(value).encode("utf-8", "surrogatepass")


@contextmanager
def taken_back() -> Iterator[None]:
    """Let nothing of it stay."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ids() -> list[str]:
    """Ids of rows there are, so that something is found beyond what is refused."""
    found = (model._default_manager.order_by("pk").first() for model in WITH_IDS)
    return [str(row.pk) for row in found if row is not None]


def written() -> tuple[int, ...]:
    """How much history there is: all a write of several rows leaves behind."""
    return tuple(
        model._default_manager.count()
        for model in (Operation, StockMovement, ProductChange, Product)
    )
