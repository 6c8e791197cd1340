"""/stock/receive"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from products.models import Operation, Product, StockLevel, StockMovement
from products.services.closings import move_closing
from products.tests.factories import by, make_location, make_product, reload
from products.tests.views.documents import (
    RECEIVE,
    document,
    edit,
    post,
    problems,
    shown,
)
from products.tests.views.filled import flashes, words_of

pytestmark = pytest.mark.django_db


def days_ago(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


class TestPosts:
    def test_all_lines_as_one_operation(self, as_admin: Client) -> None:
        mug, cup = make_product(stock=2), make_product()
        typed = {"reference": "Delivery note 4711"}
        response = post(as_admin, RECEIVE, (mug, 5, "2.50"), (cup, 3, ""), **typed)
        operation = Operation.objects.get(kind="stock_received")
        assert operation.reference == "Delivery note 4711"
        assert operation.movements.count() == 2
        assert (reload(mug).on_hand, reload(cup).on_hand) == (7, 3)
        assert cup.levels.get().value == 0
        assert operation.movements.get(product=mug).unit_cost == Decimal("2.50")
        assert response.redirect_chain[-1][0] == RECEIVE

    def test_says_so_with_undo_and_the_way_to_it(self, as_clerk: Client) -> None:
        lines = [(make_product(), 200), (make_product(), 26)]
        response = post(as_clerk, RECEIVE, *lines, reference="Note <4711>")
        operation = Operation.objects.get(kind="stock_received")
        page = response.content.decode()
        url = reverse("products:operation_detail", args=[operation.pk])
        assert f'<a href="{url}">Note &lt;4711&gt;</a>' in page
        assert "226 units of 2 products received." in page
        assert reverse("products:operation_undo", args=[operation.pk]) in page
        assert shown(response) == []  # the next delivery

    def test_without_a_reference(self, as_clerk: Client) -> None:
        response = post(as_clerk, RECEIVE, (make_product(), 1))
        assert "1 unit of 1 product received.</a>" in flashes(response)[0]

    def test_where(self, as_clerk: Client) -> None:
        back, mug = make_location(), make_product()
        response = post(as_clerk, RECEIVE, (mug, 4), location=back.pk)
        assert StockLevel.objects.get(on_hand=4).location == back
        assert response.context["form"].place == back  # where the next one goes

    def test_one_location_is_not_asked_about(self, as_clerk: Client) -> None:
        page = as_clerk.get(RECEIVE)
        assert "location" not in page.context["form"].fields
        assert "ocation" not in words_of(page)

    def test_on_an_earlier_day(self, as_clerk: Client) -> None:
        mug = make_product(circumstances=by(now=timezone.now() - timedelta(days=9)))
        post(as_clerk, RECEIVE, (mug, 4), effective_on=days_ago(3))
        movement = mug.movements.get()
        assert timezone.localdate(movement.effective_at).isoformat() == days_ago(3)
        assert movement.is_backdated

    def test_today_is_now(self, as_clerk: Client) -> None:
        mug = make_product()
        post(as_clerk, RECEIVE, (mug, 4))
        assert not mug.movements.get().is_backdated

    def test_two_lines_of_one_product_add_up(self, as_clerk: Client) -> None:
        mug = make_product()
        post(as_clerk, RECEIVE, (mug, 4), (mug, 3))
        assert mug.movements.get().delta == 7

    def test_a_double_click_posts_once(self, as_clerk: Client) -> None:
        mug = make_product()
        data = document(as_clerk, RECEIVE, (mug, 4)) | {"post": "1"}
        for _click in range(2):
            response = as_clerk.post(RECEIVE, data, follow=True)
        assert "4 units of 1 product received" in flashes(response)[-1]
        assert reload(mug).on_hand == 4

    def test_going_back_and_posting_other_lines_asks(self, as_clerk: Client) -> None:
        mug = make_product()
        data = document(as_clerk, RECEIVE, (mug, 4)) | {"post": "1"}
        as_clerk.post(RECEIVE, data)
        response = as_clerk.post(RECEIVE, data | {"quantity": ["5"]})
        assert "sent before with other content" in problems(response)[0]
        assert reload(mug).on_hand == 4
        form = response.context["form"]
        assert form["once_key"].value() != data["once_key"]


class TestCosts:
    def test_those_who_see_costs_type_them(self, as_admin: Client) -> None:
        mug = make_product(cost=Decimal("7.77"))
        response = as_admin.get(RECEIVE, {"product": mug.pk})
        assert b'name="cost"' in response.content
        assert b'value="7.77"' in response.content
        assert response.context["form"].lines.value == Decimal("7.77")

    def test_a_clerk_sees_none_and_what_he_sends_is_not_read(
        self, as_clerk: Client
    ) -> None:
        mug = make_product(cost=Decimal("7.77"))
        page = as_clerk.get(RECEIVE, {"product": mug.pk}).content
        assert b"7.77" not in page
        assert b'name="cost"' not in page
        post(as_clerk, RECEIVE, (mug, 2, "1000"))
        assert mug.levels.get().value == Decimal("15.54")


class TestRefuses:
    @pytest.mark.parametrize("quantity", ["", "0", "-1", "1.5", "x", "9" * 40, "1e3"])
    def test_a_quantity_at_its_line_and_keeps_all(
        self, as_clerk: Client, quantity: str
    ) -> None:
        mug, cup = make_product(sku="MUG"), make_product(sku="CUP")
        response = post(as_clerk, RECEIVE, (mug, quantity), (cup, 3), reference="N 1")
        assert len(problems(response)) == 1
        assert shown(response) == [("MUG", quantity), ("CUP", "3")]
        assert response.context["form"]["reference"].value() == "N 1"
        assert b'href="#quantity-0"' in response.content
        assert not StockMovement.objects.exists()

    @pytest.mark.parametrize("cost", ["-1", "x", "NaN", "9999999999", "1.1234567"])
    def test_a_cost_at_its_line(self, as_admin: Client, cost: str) -> None:
        response = post(as_admin, RECEIVE, (make_product(), 1, cost))
        assert len(problems(response)) == 1
        assert b'href="#cost-0"' in response.content

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"effective_on": ""}, "effective_on"),
            ({"effective_on": "31.02.2026"}, "effective_on"),
            ({"effective_on": "0001-01-01"}, "effective_on"),
            ({"effective_on": days_ago(-2)}, "effective_on"),
            ({"reference": "x" * 121}, "reference"),
            ({"reference": "a\0b"}, "reference"),
            ({"code": "MUG"}, "code"),
            ({"pasted": "MUG 3"}, "pasted"),
        ],
        ids=str,
    )
    def test_says_it_at_the_field(
        self, as_clerk: Client, typed: dict[str, str], field: str
    ) -> None:
        response = post(as_clerk, RECEIVE, (make_product(), 1), **typed)
        assert list(response.context["form"].errors) == [field]
        assert not StockMovement.objects.exists()

    def test_a_day_in_a_closed_period(self, as_clerk: Client) -> None:
        closed = timezone.localdate() - timedelta(days=7)
        move_closing(through=closed, reason="VAT", author=by().author)
        typed = {"effective_on": days_ago(8)}
        response = post(as_clerk, RECEIVE, (make_product(), 1), **typed)
        assert list(response.context["form"].errors) == ["effective_on"]
        assert "closed through" in problems(response)[0]

    @pytest.mark.parametrize("pk", ["999", "", "x", "9" * 40, "1\0"])
    def test_a_place_that_is_none(self, as_clerk: Client, pk: str) -> None:
        make_location()
        response = post(as_clerk, RECEIVE, (make_product(), 1), location=pk)
        assert list(response.context["form"].errors) == ["location"]

    def test_no_line(self, as_clerk: Client) -> None:
        assert "Add a product first" in problems(post(as_clerk, RECEIVE))[0]

    def test_a_product_that_is_gone(self, as_clerk: Client) -> None:
        mug, cup = make_product(sku="MUG"), make_product()
        data = document(as_clerk, RECEIVE, (mug, 4), (cup, 1)) | {"post": "1"}
        Product.objects.filter(pk=cup.pk).delete()
        response = as_clerk.post(RECEIVE, data)
        assert "deleted meanwhile" in problems(response)[0]
        assert shown(response) == [("MUG", "4")]

    @pytest.mark.parametrize("bad", ["", "x", "0", "-1", "9" * 30, "1\0", "²"])
    def test_ids_that_are_none(self, as_clerk: Client, bad: str) -> None:
        data: dict[str, Any] = document(as_clerk, RECEIVE) | {"post": "1"}
        response = as_clerk.post(RECEIVE, data | {"product": [bad], "quantity": ["1"]})
        assert response.status_code == 200
        assert problems(response)

    def test_lists_of_unequal_length(self, as_clerk: Client) -> None:
        data = document(as_clerk, RECEIVE, (make_product(), 1)) | {"post": "1"}
        response = as_clerk.post(RECEIVE, data | {"quantity": []})
        assert len(problems(response)) == 1

    def test_more_lines_than_a_document_takes(self, as_clerk: Client) -> None:
        mug = make_product()
        data = document(as_clerk, RECEIVE, *[(mug, 1)] * 2_001) | {"post": "1"}
        response = as_clerk.post(RECEIVE, data)
        assert "2,000 lines at most" in problems(response)[0]
        assert not StockMovement.objects.exists()

    def test_a_document_of_that_many_lines_fits_in_a_request(self) -> None:
        assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS > 4 * 2_000

    def test_other_methods(self, as_clerk: Client) -> None:
        assert as_clerk.put(RECEIVE).status_code == 405
        assert as_clerk.delete(RECEIVE).status_code == 405


def test_statements_do_not_grow_with_the_lines(
    as_admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_location()
    lines = [(make_product(), "x") for _number in range(20)]
    data = document(as_admin, RECEIVE, *lines) | {"post": "1"}
    with django_assert_max_num_queries(12):
        response = as_admin.post(RECEIVE, data)
    assert len(shown(response)) == 20


def test_edit_keeps_what_was_typed(as_clerk: Client) -> None:
    mug = make_product(sku="MUG")
    response = edit(
        as_clerk, RECEIVE, (mug, "x"), add="1", code="MUG", reference="N", once_key="k"
    )
    form = response.context["form"]
    assert form["reference"].value() == "N"
    assert form["once_key"].value() == "k"
