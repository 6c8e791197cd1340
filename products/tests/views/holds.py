"""Holds for the tests of their pages, and their questions as a browser sends them."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from products.models import Hold, Product
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import by
from products.tests.views.filled import open_form


def hold(*wanted: tuple[Product, int], **details: Any) -> list[int]:
    """Hold units of products as one request; return the ids of the holds."""
    until = details.pop("until", None)
    operation = hold_stock(
        wanted=[Wanted(product.pk, quantity) for product, quantity in wanted],
        circumstances=by(**details),
        expires_at=until,
    )
    return list(operation.holds.order_by("pk").values_list("pk", flat=True))


def hold_until_an_hour_ago(product: Product, quantity: int, **details: Any) -> int:
    """A hold that nobody has tidied yet; return its id."""
    then = timezone.now() - timedelta(hours=2)
    until = then + timedelta(hours=1)
    return hold((product, quantity), now=then, until=until, **details)[0]


def question(name: str, *ids: object) -> str:
    """The address of `hold_<name>` for these holds."""
    query = "&".join(f"hold={pk}" for pk in ids)
    return f"{reverse(f'products:hold_{name}')}?{query}"


def answer(client: Client, name: str, *ids: object, **typed: Any) -> Any:
    """Open the question, answer it, and follow where it leads."""
    url = question(name, *ids)
    return client.post(url, open_form(client, url, **typed), follow=True)


def states() -> list[str]:
    return list(Hold.objects.order_by("pk").values_list("state", flat=True))
