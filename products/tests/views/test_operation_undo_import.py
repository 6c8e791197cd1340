"""/stock/operations/<id>/undo of an import: product by product, before and after."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from products.models import Operation, Product
from products.services.undo import undo_operation
from products.tests.factories import adjust, by, make_product, reload
from products.tests.importing.files import product
from products.tests.undoing import edit, imported
from products.tests.views.filled import flashes, open_form

pytestmark = pytest.mark.django_db

TEXT = "sku,name,price,cost,on_hand\nA,Mug,2,3,5\nB,Cup,1,,3\nC,Jug,1,,3\n"


@pytest.fixture
def operation() -> Operation:
    """A is there before; B is sold since."""
    make_product(sku="A", name="Old mug", price=Decimal(1), cost=Decimal(1), stock=1)
    operation = imported(TEXT, sets_stock=True)
    adjust(product("B"), -1, kind="sold")
    return operation


def url_of(operation: Operation, query: str = "") -> str:
    return reverse("products:operation_undo", args=[operation.pk]) + query


def html(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_shows_what_is_kept_and_why(as_admin: Client, operation: Operation) -> None:
    page = html(as_admin, url_of(operation))
    assert "Its stock has moved since: Sold." in page
    assert "Undo it</button>" in page
    assert f">{operation.import_run.file_name}</span>" in page
    assert product("B").on_hand == 2


def test_shows_old_and_new_of_what_is_restored(
    as_admin: Client, operation: Operation
) -> None:
    page = html(as_admin, url_of(operation, "?show=restored"))
    assert "<del>Mug</del>" in page
    assert "<ins>Old mug</ins>" in page
    assert "−4" in page
    assert "Removed again" in page
    assert "Its stock has moved" not in page


@pytest.mark.parametrize("query", ["?show=nonsense", "?page=x", "?page=" + "9" * 40])
def test_nonsense_in_the_address(
    as_admin: Client, operation: Operation, query: str
) -> None:
    assert "Its stock has moved since" in html(as_admin, url_of(operation, query))


def test_costs_are_for_those_who_may_see_them(
    client: Client, regular: Any, operation: Operation
) -> None:
    regular.user_permissions.add(Permission.objects.get(codename="import_products"))
    client.force_login(regular)
    page = html(client, url_of(operation, "?show=restored"))
    assert "not shown to you" in page
    assert "3.00" not in page


def test_does_it_and_keeps_what_was_left(
    as_admin: Client, operation: Operation
) -> None:
    typed = open_form(as_admin, url_of(operation))
    response = as_admin.post(url_of(operation), typed, follow=True)
    assert flashes(response) == [
        "Undone: Import. 1 product was left as it is, or in part."
    ]
    page = " ".join(response.content.decode().split())
    assert "2 restored, 1 kept, 0 not possible" in page
    assert "Its stock has moved since: Sold." in page
    assert product("A").name == "Old mug"


def test_nothing_to_be_done(as_admin: Client) -> None:
    operation = imported("sku,name,on_hand\nA,Mug,5\n")
    edit(product("A"), name="Cup")
    page = html(as_admin, url_of(operation))
    assert "Nothing of this can be undone now" in page
    assert "It was edited since: name." in page
    assert "Undo it</button>" not in page
    response = as_admin.post(url_of(operation), follow=True)
    assert "It was edited since: name." in flashes(response)[0]
    assert reload(product("A")).name == "Cup"


def test_after_it_was_undone(as_admin: Client, operation: Operation) -> None:
    undo_operation(operation_id=operation.pk, circumstances=by("Undoer"))
    page = html(as_admin, url_of(operation))
    assert "Undoer has done it." in page
    assert "Undo it</button>" not in page


def test_names_are_never_markup(as_admin: Client) -> None:
    operation = imported('sku,name\nA,"<b>Mug</b>"\n')
    page = html(as_admin, url_of(operation))
    assert "<b>Mug" not in page
    assert "&lt;b&gt;Mug" in page


def test_more_than_a_page(as_admin: Client) -> None:
    rows = "".join(f"S{n},Mug {n}\n" for n in range(60))
    operation = imported(f"sku,name\n{rows}")
    page = html(as_admin, url_of(operation, "?page=2"))
    assert "51–60 of 60" in page
    assert "Mug 59" in page
    assert Product.objects.count() == 60
