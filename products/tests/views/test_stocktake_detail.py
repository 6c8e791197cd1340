"""/stock/counts/<id>"""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from products.models import Stocktake
from products.services.deleting import delete_product
from products.tests.factories import by, make_location, make_product
from products.tests.stocktaking import apply, count, draft, line_of, review, started

pytestmark = pytest.mark.django_db


def page(client: Client, stocktake: Stocktake, **query: str) -> str:
    return client.get(f"/stock/counts/{stocktake.pk}", query).content.decode()


def skus(client: Client, stocktake: Stocktake, **query: str) -> list[str]:
    response: Any = client.get(f"/stock/counts/{stocktake.pk}", query)
    return [line.sku for line in response.context["lines"]]


def test_draft_says_how_many_there_would_be(as_admin: Client) -> None:
    make_product(stock=1)
    html = page(as_admin, draft())
    assert "1 product to count" in html
    assert "Start counting" in html


def test_next_step_is_for_who_may(as_admin: Client, as_regular: Client) -> None:
    product = make_product(stock=5)
    stocktake = started()
    assert "Finish counting" not in page(as_regular, stocktake)
    assert "Differences so far" not in page(as_regular, stocktake)
    count(stocktake, product, 4)
    review(stocktake)
    assert "Review differences" not in page(as_regular, stocktake)
    apply(stocktake)
    assert "Variance report" in page(as_regular, stocktake)


def test_who_decides_may_look_at_the_differences_before_the_end(
    as_admin: Client,
) -> None:
    make_product(stock=5)
    stocktake = started()
    assert "Differences so far" in page(as_admin, stocktake)
    assert f"/stock/counts/{stocktake.pk}/review" in page(as_admin, stocktake)


def test_progress_and_who_counted(as_regular: Client) -> None:
    product = make_product(stock=77)
    make_product(stock=1)
    stocktake = started()
    count(stocktake, product, 4, by="Jonas")
    html = page(as_regular, stocktake)
    assert "1 of 2 counted" in html
    assert "Jonas" in html


def test_nothing_of_what_the_books_say(as_clerk: Client) -> None:
    product = make_product(stock=4_321)
    stocktake = started()
    count(stocktake, product, 5)
    html = page(as_clerk, stocktake)
    assert "4,321" not in html
    assert "4321" not in html


def test_lists_and_search(as_regular: Client) -> None:
    mug = make_product(sku="MUG", name="Blue mug", stock=2)
    make_product(sku="BOWL", name="Moss bowl", stock=2)
    stocktake = started()
    count(stocktake, mug, 2)
    assert skus(as_regular, stocktake) == ["BOWL", "MUG"]
    assert skus(as_regular, stocktake, show="left") == ["BOWL"]
    assert skus(as_regular, stocktake, show="counted") == ["MUG"]
    assert skus(as_regular, stocktake, show="again") == []
    assert skus(as_regular, stocktake, find="moss") == ["BOWL"]
    assert skus(as_regular, stocktake, find="mu\0") == ["MUG"]
    assert "None matches the search." in page(as_regular, stocktake, find="zzz")


def test_several_shelves_are_one_number(as_regular: Client) -> None:
    product = make_product(stock=5)
    stocktake = started()
    count(stocktake, product, 1_000, shelf="A")
    count(stocktake, product, 234, shelf="B")
    assert "1,234" in page(as_regular, stocktake)


def test_deleted_product_stays_in_the_list(as_regular: Client) -> None:
    product = make_product(sku="MUG", stock=5)
    stocktake = started()
    delete_product(product_id=product.pk, circumstances=by())
    assert "A deleted product" in page(as_regular, stocktake)


def test_applied_one_can_be_undone_by_who_may(as_admin: Client, clerk: Any) -> None:
    product = make_product(stock=5)
    stocktake = started()
    count(stocktake, product, 4)
    operation = apply(review(stocktake))
    html = page(as_admin, stocktake)
    assert f"/stock/operations/{operation.pk}/undo" in html
    assert f'href="/stock/operations/{operation.pk}"' in html
    as_admin.force_login(clerk)
    assert "/undo" not in page(as_admin, stocktake)


def test_location_is_named_where_there_are_several(as_regular: Client) -> None:
    make_product(stock=5)
    stocktake = started()
    assert "Main store" not in page(as_regular, stocktake)
    make_location()
    assert "Main store" in page(as_regular, stocktake)


@pytest.mark.parametrize("pk", [99, 10**30])
def test_unknown(as_regular: Client, pk: int) -> None:
    assert as_regular.get(f"/stock/counts/{pk}").status_code == 404


def test_queries(
    as_regular: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    products = [make_product(stock=1) for _number in range(20)]
    stocktake = started()
    for product in products:
        count(stocktake, product, 1)
    assert line_of(stocktake, products[0]).round == 1
    with django_assert_max_num_queries(12):
        page(as_regular, stocktake)
