import pytest
from django.test import Client

from products.models import SavedView
from products.tests.views.saving import LIST, save, send

pytestmark = pytest.mark.django_db


def test_keeps_what_is_set_now(as_regular: Client) -> None:
    view = save(as_regular)
    query = f"view={view.pk}&stock=out&brand=9999&sort=sku"
    answer = send(as_regular, "saved_view_replace", view, query=query)
    assert SavedView.objects.get().address == "stock=out&sort=sku"
    assert answer["Location"] == f"{LIST}?{query}"


def test_everything_cleared_is_a_state_too(as_regular: Client) -> None:
    view = save(as_regular)
    send(as_regular, "saved_view_replace", view, query=f"view={view.pk}")
    assert SavedView.objects.get().address == ""
