import pytest
from django.test import Client

from products.models import SavedView
from products.tests.views.saving import LIST, save, send

pytestmark = pytest.mark.django_db


def choose(client: Client, *columns: str, query: str = "", **more: str):
    return send(client, "columns_choose", None, query=query, column=columns, **more)


def test_kept_in_order_with_what_is_always_there(as_admin: Client) -> None:
    answer = choose(as_admin, "status", "cost", "brand", "nonsense", query="stock=low")
    assert SavedView.objects.get().columns == "brand,cost,available,status"
    assert answer["Location"] == f"{LIST}?stock=low"


def test_costs_are_for_who_may_see_them(as_regular: Client) -> None:
    choose(as_regular, "cost", "brand")
    assert SavedView.objects.get().columns == "brand,available"


def test_a_view_has_its_own(as_regular: Client) -> None:
    view = save(as_regular)
    choose(as_regular, "brand", query=f"view={view.pk}&stock=low")
    view.refresh_from_db()
    assert view.columns == "brand,available"
    choose(as_regular, "brand", query=f"view={view.pk}", reset="")
    view.refresh_from_db()
    assert view.columns == ""


def test_the_usual_ones_are_a_choice_for_a_view(as_regular: Client) -> None:
    """“All products” may have others."""
    view = save(as_regular)
    choose(as_regular, "category", "price", "status", query=f"view={view.pk}")
    view.refresh_from_db()
    assert view.columns == "category,price,available,status"


@pytest.mark.parametrize("view", ["99", "x", "-1"])
def test_a_view_that_is_not_there_is_a_404(as_regular: Client, view: str) -> None:
    assert choose(as_regular, "brand", query=f"view={view}").status_code == 404
    assert not SavedView.objects.exists()


def test_all_products_by_their_name(as_regular: Client) -> None:
    answer = choose(as_regular, "brand", query="view=all")
    assert answer["Location"] == f"{LIST}?view=all"
    choose(as_regular, reset="")
    assert SavedView.objects.get().columns == ""
