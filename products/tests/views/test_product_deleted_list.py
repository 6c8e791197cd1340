"""/products/deleted"""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from products.models import Operation
from products.services.deleting import delete_product
from products.services.undo import undo_operation
from products.tests.factories import by, make_product

pytestmark = pytest.mark.django_db

URL = reverse("products:product_deleted_list")


def delete(who: str = "Jonas Weber", **fields: object) -> Operation:
    product = make_product(**fields)
    return delete_product(product_id=product.pk, circumstances=by(who))


def html(client: Client, **query: object) -> str:
    response = client.get(URL, query)
    assert response.status_code == 200
    return str(response.content.decode())


def test_who_when_and_undo(as_admin: Client) -> None:
    operation = delete(name="Blue <mug>", sku="MUG-1")
    page = html(as_admin)
    assert "Blue &lt;mug&gt;" in page
    assert "MUG-1" in page
    assert "Jonas Weber" in page
    assert reverse("products:operation_undo", args=[operation.pk]) in page


def test_nothing_was_deleted(as_admin: Client) -> None:
    make_product(name="Blue mug")
    page = html(as_admin)
    assert "Nothing was deleted" in page
    assert "Blue mug" not in page


def test_what_came_back_is_not_listed(as_admin: Client) -> None:
    undo_operation(operation_id=delete(name="Blue mug").pk, circumstances=by())
    assert "Blue mug" not in html(as_admin)


def test_an_addition_that_was_undone_is_listed(as_admin: Client) -> None:
    product = make_product(name="Blue mug")
    added = Operation.objects.get(changes__product=product)
    undo_operation(operation_id=added.pk, circumstances=by())
    assert "Blue mug" in html(as_admin)


@pytest.mark.parametrize("text", ["blue", "MUG-1", "570123", " Blue "])
def test_search_finds(as_admin: Client, text: str) -> None:
    delete(name="Blue mug", sku="MUG-1", barcode="5701234567899")
    delete(name="Red bowl", sku="BOWL-1")
    page = html(as_admin, find=text)
    assert "Blue mug" in page
    assert "Red bowl" not in page


@pytest.mark.parametrize("text", ["teapot", "%", "_", "\0", "x" * 5_000, "<b>"])
def test_search_finds_nothing(as_admin: Client, text: str) -> None:
    delete(name="Blue mug")
    page = html(as_admin, find=text)
    assert "<b>" not in page
    assert ("Blue mug" in page) == (not text.strip("\0"))


def test_pages(as_admin: Client) -> None:
    for number in range(26):
        delete(name=f"Mug {number:02}")
    assert "1–25 of 26" in html(as_admin)
    assert "Mug 00" in html(as_admin, page=2)
    assert "Mug 25" in html(as_admin, page="first")


def test_queries(
    as_admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(20):
        delete()
    with django_assert_max_num_queries(6):
        html(as_admin)
