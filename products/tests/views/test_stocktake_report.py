"""/stock/counts/<id>/report"""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from products.models import Product, Stocktake
from products.tests.factories import adjust, make_product
from products.tests.stocktaking import apply, count, review, started

pytestmark = pytest.mark.django_db


@pytest.fixture
def stocktake() -> Stocktake:
    """Three of LESS are missing, two of MORE were found, SAME agrees."""
    for sku in ("LESS", "MORE", "SAME", "LEFT"):
        make_product(sku=sku, stock=10, cost=Decimal("2.50"))
    stocktake = started(name="Shelf B")
    for sku, quantity in (("LESS", 7), ("MORE", 12), ("SAME", 10)):
        count(stocktake, sku, quantity)
    return review(stocktake)


def url_of(stocktake: Stocktake) -> str:
    return f"/stock/counts/{stocktake.pk}/report"


def page(client: Client, stocktake: Stocktake, **query: str) -> str:
    return client.get(url_of(stocktake), query).content.decode()


def file(client: Client, stocktake: Stocktake) -> list[str]:
    response: Any = client.get(url_of(stocktake), {"format": "csv"})
    return b"".join(response.streaming_content).decode().lstrip("\ufeff").splitlines()


@pytest.mark.parametrize("is_applied", [False, True])
def test_adds_up(as_admin: Client, stocktake: Stocktake, is_applied: bool) -> None:
    if is_applied:
        apply(stocktake)
        adjust(Product.objects.get(sku="LESS"), -1)  # later, and no business of it
    tally = as_admin.get(url_of(stocktake)).context["tally"]
    assert (tally.lines, tally.counted, tally.agreeing, tally.differing) == (4, 3, 1, 2)
    assert (tally.found_units, tally.missing_units, tally.units) == (2, 3, -1)
    assert tally.value == Decimal("-2.5000")


def test_differences_or_everything(as_admin: Client, stocktake: Stocktake) -> None:
    html = page(as_admin, stocktake)
    assert "LESS" in html
    assert "SAME" not in html
    assert "SAME" in page(as_admin, stocktake, show="every")


def test_file(as_admin: Client, stocktake: Stocktake) -> None:
    apply(stocktake)
    assert file(as_admin, stocktake) == [
        "SKU,Shelf,Expected,Counted,Difference,Value,Note",
        "LEFT,,,,,,",
        "LESS,,10,7,-3,-7.5000,",
        "MORE,,10,12,2,5.0000,",
        "SAME,,10,10,0,0,",
    ]


def test_value_is_for_who_may_see_costs(
    as_regular: Client, stocktake: Stocktake
) -> None:
    apply(stocktake)
    assert "7.50" not in page(as_regular, stocktake)
    assert file(as_regular, stocktake)[0].count(",") == 5


def test_blind_count_is_kept_from_who_counts_while_it_is_open(
    as_clerk: Client, stocktake: Stocktake
) -> None:
    assert as_clerk.get(url_of(stocktake)).status_code == 403
    apply(stocktake)
    assert as_clerk.get(url_of(stocktake)).status_code == 200


def test_open_count_is_for_everybody(as_clerk: Client) -> None:
    make_product(stock=1)
    assert as_clerk.get(url_of(started(is_blind=False))).status_code == 200


def test_cells_run_no_formula(as_admin: Client) -> None:
    product = make_product(sku="=1+1", stock=3)
    stocktake = started()
    count(stocktake, product, 1)
    assert file(as_admin, stocktake)[1].startswith("'=1+1,")


def test_no_differences(as_admin: Client) -> None:
    make_product(stock=3)
    assert "No differences" in page(as_admin, started())


def test_queries(
    as_admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    products = [make_product(stock=3) for _number in range(20)]
    stocktake = started()
    for product in products:
        count(stocktake, product, 1)
    with django_assert_max_num_queries(15):
        page(as_admin, stocktake)
