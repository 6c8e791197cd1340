"""Choosing products on the list, looking at the plan, and confirming it."""

from typing import Any

from django.test import Client

from products.models import Product


def chosen(*products: Product) -> dict[str, Any]:
    """Return what the list sends for ticks."""
    return {"product": [product.pk for product in products]}


def show(client: Client, url: str, sent: dict[str, Any], **fields: Any) -> Any:
    """Return the page with the plan; with `fields`, those of its form are filled."""
    page = client.post(url, sent)
    return client.post(url, kept_by(page) | fields) if fields else page


def confirm(client: Client, page: Any, **fields: Any) -> Any:
    """Send the plan that `page` shows; return what comes in the end."""
    seen = page.context["plan"].digest
    url = page.request["PATH_INFO"]
    return client.post(url, kept_by(page) | {"seen": seen} | fields, follow=True)


def kept_by(page: Any) -> dict[str, Any]:
    """Return what the form of the page would send: its fields, and what is chosen."""
    form, selection = page.context["form"], page.context["selection"]
    filled = {field.name: field.value() for field in form}
    sent = {name: value for name, value in filled.items() if value not in {None, ""}}
    sent |= {"list": f"?{selection.query}"}
    sent |= {"whole": "1"} if selection.is_whole else {"chosen": selection.chosen}
    return sent
