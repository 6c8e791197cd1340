"""A delivery or a sale as a browser sends it."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from products.models import Product
from products.tests.views.filled import open_form

RECEIVE = reverse("products:stock_receive")
SELL = reverse("products:stock_sell")

Typed = tuple[Product, object] | tuple[Product, object, object]


def document(client: Client, url: str, *lines: Typed, **typed: Any) -> dict[str, Any]:
    """Open the page and return its form with these lines: product, quantity, cost."""
    data = open_form(client, url, **typed)
    data["product"] = [line[0].pk for line in lines]
    data["quantity"] = [str(line[1]) for line in lines]
    data["cost"] = [str(line[2]) if len(line) > 2 else "" for line in lines]
    return data


def post(client: Client, url: str, *lines: Typed, **typed: Any) -> Any:
    """Open the page, fill in the lines, post them, and follow where it leads."""
    data = document(client, url, *lines, **typed)
    return client.post(url, data | {"post": "1"}, follow=True)


def edit(client: Client, url: str, *lines: Typed, **typed: Any) -> HttpResponse:
    """The same with another button: `add`, `pick`, `remove`."""
    return client.post(url, document(client, url, *lines) | typed)


def shown(response: Any) -> list[tuple[str, str]]:
    """SKU and quantity of each line on the page."""
    lines = response.context["form"].lines
    return [(line.product.sku, line.quantity) for line in lines]


def problems(response: Any) -> list[str]:
    """What the page says is wrong, of the head and of the lines."""
    form = response.context["form"]
    texts = [str(text) for errors in form.errors.values() for text in errors]
    return texts + [problem["text"] for problem in form.lines.problems]
