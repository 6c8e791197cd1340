"""/stock/operations/<id>/undo: all that it will hit can be looked at, by pages."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from products.models import Operation, Product
from products.services import undo_preview
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import add_many, adjust, by, make_product
from products.views import operation_undo

pytestmark = pytest.mark.django_db

PRODUCTS = 5
SKUS = {f"S{number}" for number in range(PRODUCTS)}


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_preview, "SHOWN", 2)
    monkeypatch.setattr(operation_undo, "REASONS", 2)


@pytest.fixture(params=[True, False], ids=["played through", "large"])
def added(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Operation:
    if not request.param:
        monkeypatch.setattr(undo_preview, "MOST_LINES", 5)
    return add_many(PRODUCTS)


def html(client: Client, operation: Operation, query: str = "") -> str:
    url = reverse("products:operation_undo", args=[operation.pk])
    response = client.get(url + query)
    assert response.status_code == 200
    return response.content.decode()


def section(page: str, name: str) -> str:
    return page.partition(f'aria-labelledby="h-{name}"')[2].partition("</section>")[0]


def walk(client: Client, operation: Operation, name: str) -> list[list[str]]:
    """Follow Next from the first page; return the SKUs of each."""
    pages, query = [], ""
    while True:
        part = section(html(client, operation, query), name)
        pages.append(re.findall(r'<span class="code">(\w+)</span>', part))
        onward = re.search(r'rel="next" href="([^"]+)"', part)
        if not onward:
            return pages
        query = onward[1].replace("&amp;", "&")


@pytest.mark.parametrize("name", ["products", "moves"])
def test_every_row_once(as_admin: Client, added: Operation, name: str) -> None:
    pages = walk(as_admin, added, name)
    assert [len(page) for page in pages] == [2, 2, 1]
    assert {sku for page in pages for sku in page} == SKUS


def test_one_list_turns_and_the_other_stays(as_admin: Client, added: Operation) -> None:
    page = html(as_admin, added, "?movements=3")
    assert "5–5 of 5" in section(page, "moves")
    assert "1–2 of 5" in section(page, "products")
    assert "movements=3&amp;products=2" in section(page, "products")


@pytest.mark.parametrize("asked", ["99", "0", "-1", "x", "", "9" * 30])
def test_a_page_that_is_not_there(
    as_admin: Client, added: Operation, asked: str
) -> None:
    part = section(html(as_admin, added, f"?movements={asked}"), "moves")
    assert ("5–5 of 5" if asked == "99" else "1–2 of 5") in part
    assert len(re.findall('<span class="code">', part)) == (1 if asked == "99" else 2)


def test_documents(as_admin: Client) -> None:
    wanted = [Wanted(make_product(stock=2).pk, 1) for _product in range(3)]
    operation = hold_stock(wanted=wanted, circumstances=by())
    assert "1–2 of 3" in section(html(as_admin, operation), "documents")
    assert "3–3 of 3" in section(html(as_admin, operation, "?documents=2"), "documents")


def test_reasons(as_admin: Client, added: Operation) -> None:
    for product in Product.objects.all():
        adjust(product, -1)
    first, last = html(as_admin, added), html(as_admin, added, "?reasons=3")
    assert "1–2 of 5" in first
    assert "5–5 of 5" in last
    assert "Undo it</button>" not in first + last


def test_no_pages_where_all_is_in_sight(as_admin: Client) -> None:
    page = html(as_admin, adjust(make_product(stock=5), -2))
    assert 'class="pager' not in page
