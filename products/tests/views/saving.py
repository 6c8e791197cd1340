"""Saved views of whoever is signed in, for tests."""

from typing import Any

from django.test import Client
from django.urls import reverse

from products.models import SavedView
from products.services.saved_views import add_view

LIST = reverse("products:dashboard")


def user_of(client: Client) -> int:
    return int(client.session["_auth_user_id"])


def save(client: Client, name: str = "Low", address: str = "stock=low") -> SavedView:
    return add_view(user_id=user_of(client), name=name, address=address)


def send(client: Client, url_name: str, view: SavedView | None, **given: Any) -> Any:
    """Post to a page of a view, with `query` as the state of the list."""
    query = given.pop("query", "")
    args = [view.pk] if view else []
    return client.post(f"{reverse(f'products:{url_name}', args=args)}?{query}", given)


def names(client: Client) -> list[str]:
    views = SavedView.objects.filter(user=user_of(client)).exclude(name="")
    return [view.name for view in views]
