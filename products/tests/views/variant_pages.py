"""What the tests of /products/<id>/variants share: typing the options, sending rows."""

from typing import Any

from django.test import Client
from django.urls import reverse

from products.models import Product
from products.tests.views.filled import open_form, values_of

SIZES = {"name1": "Size", "values1": "S, M, L", "own1": "M"}
COLOURS = {"name2": "Colour", "values2": "Oat; Rust\nOAT", "own2": "Oat"}


def url_of(product: Product) -> str:
    return reverse("products:product_variants", args=[product.pk])


def preview(client: Client, product: Product, **options: str) -> Any:
    """Open the page, type the options and draw the table."""
    data = open_form(client, url_of(product), **options, preview="1")
    return client.post(url_of(product), data)


def filled(response: Any, **typed: str) -> dict[str, str]:
    """The whole form with its table, as a browser would send it to be saved."""
    rows = response.context["rows"]
    data = values_of(response.context["form"]) | values_of(rows.management_form)
    for row in rows:
        data |= values_of(row)
    return (
        data | {"save": "1"} | {key.replace("__", "-"): v for key, v in typed.items()}
    )
