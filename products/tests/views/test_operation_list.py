"""/stock/operations"""

from datetime import timedelta

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from products.models import Operation
from products.services.operations import Author, Circumstances
from products.services.undo import undo_operation
from products.tests.factories import adjust, by, make_product, receive

pytestmark = pytest.mark.django_db

URL = reverse("products:operation_list")


def html(client: Client, **query: object) -> str:
    response = client.get(URL, query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def receipt(reference: str, author: Author | None = None, **how: object) -> Operation:
    circumstances = by(reference=reference, **how)
    if author:
        circumstances = Circumstances(author, reference=reference)
    return receive(make_product(), 2, circumstances=circumstances)


def test_newest_first_with_who_and_why(as_regular: Client) -> None:
    receipt("DN-1")
    receipt("DN-2", reason="<late>")
    page = html(as_regular)
    assert page.index("DN-2") < page.index("DN-1")
    assert "&lt;late&gt;" in page
    assert "Tess Tester" in page


def test_undone_says_so(as_regular: Client) -> None:
    operation = adjust(make_product(stock=5), -2)
    assert "Undone" not in html(as_regular)
    undo_operation(operation_id=operation.pk, circumstances=by())
    page = html(as_regular, kind="stock_adjusted")
    assert "Undone" in page
    assert f"undoes Stock adjusted #{operation.pk}" in html(as_regular, kind="undone")


def test_nothing_yet(as_regular: Client) -> None:
    assert "Nothing was done yet" in html(as_regular)


class TestFilters:
    def test_kind(self, as_regular: Client) -> None:
        receipt("DN-1")
        page = html(as_regular, kind="product_added")
        assert "DN-1" not in page
        assert "Product added</a>" in page

    def test_person(self, as_regular: Client, clerk: AbstractBaseUser) -> None:
        receipt("DN-1", Author.for_user(clerk, Operation.Source.SITE))
        receipt("DN-2")
        page = html(as_regular, person=clerk.pk)
        assert "DN-1" in page
        assert "DN-2" not in page

    def test_source(self, as_regular: Client) -> None:
        receipt("DN-1", Author.for_command("adjust_stock"))
        receipt("DN-2")
        page = html(as_regular, source="command")
        assert "DN-1" in page
        assert "DN-2" not in page

    def test_days_are_inclusive(self, as_regular: Client) -> None:
        now = timezone.localtime()
        old = now - timedelta(days=10)
        receipt("DN-old", now=old)
        receipt("DN-new", now=now)
        day = f"{old:%Y-%m-%d}"
        page = html(as_regular, since=day, until=day)
        assert "DN-old" in page
        assert "DN-new" not in page
        assert "DN-old" not in html(as_regular, since=f"{now:%Y-%m-%d}")

    def test_search(self, as_regular: Client) -> None:
        receipt("DN-100%")
        receipt("DN-200")
        page = html(as_regular, find="100%")
        assert "DN-100%" in page
        assert "DN-200" not in page

    def test_nothing_fits(self, as_regular: Client) -> None:
        receipt("DN-1")
        page = html(as_regular, find="teapot")
        assert "Nothing fits these filters" in page
        assert "Clear filters" in page

    @pytest.mark.parametrize("name", ["kind", "person", "source", "since", "until"])
    @pytest.mark.parametrize(
        "value", ["x", "\0", "9" * 30, "0001-01-01", "9999-12-31", "2026-02-30"]
    )
    def test_nonsense_counts_as_not_set(
        self, as_regular: Client, name: str, value: str
    ) -> None:
        receipt("DN-1")
        assert "DN-1" in html(as_regular, **{name: value})

    def test_null_character_in_the_search(self, as_regular: Client) -> None:
        receipt("DN-1")
        assert "DN-1" in html(as_regular, find="DN\0")


class TestPages:
    def test_follow_the_key_both_ways(self, as_regular: Client) -> None:
        product = make_product()
        made = [
            receive(product, 1, circumstances=by(reference=f"DN-{number:03}")).pk
            for number in range(110)
        ]
        first = html(as_regular, kind="stock_received")
        assert "DN-109" in first
        assert "DN-059" not in first
        assert f"after={made[60]}" in first
        second = html(as_regular, kind="stock_received", after=made[60])
        assert "DN-059" in second
        assert "DN-010" in second
        assert f"before={made[59]}" in second
        assert "kind=stock_received" in second
        last = html(as_regular, kind="stock_received", after=made[10])
        assert "DN-000" in last
        assert "Next</a>" not in last
        back = html(as_regular, kind="stock_received", before=made[9])
        assert "DN-010" in back
        assert "DN-059" in back
        front = html(as_regular, kind="stock_received", before=made[59])
        assert "DN-109" in front
        assert "Previous</a>" not in front

    @pytest.mark.parametrize("key", ["x", "-1", "\0", "9" * 40, "٣", "0"])
    def test_a_key_that_makes_no_sense(self, as_regular: Client, key: str) -> None:
        receipt("DN-1")
        assert "DN-1" in html(as_regular, after=key)
        assert "DN-1" in html(as_regular, before=key)


def test_queries(
    as_regular: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    receipt("DN-1")
    with django_assert_max_num_queries(6):
        html(as_regular)
    for number in range(20):
        undo_operation(operation_id=receipt(f"D-{number}").pk, circumstances=by())
    with django_assert_max_num_queries(6):
        html(as_regular)
