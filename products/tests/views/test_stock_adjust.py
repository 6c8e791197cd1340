"""/products/<id>/adjust"""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from products.models import Location, Operation, Product, StockLevel, StockMovement
from products.services.deleting import delete_product
from products.tests.factories import by, make_location, make_product, receive, reload
from products.tests.views.filled import flashes, open_form

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def url_of(product: Product) -> str:
    return reverse("products:stock_adjust", args=[product.pk])


def send(client: Client, product: Product, **typed: Any) -> Any:
    """Open the form, type, send it and follow where it leads."""
    data = open_form(client, url_of(product), **typed)
    return client.post(url_of(product), data, follow=True)


def errors(response: Any) -> dict[str, list[str]]:
    return {
        name: list(texts) for name, texts in response.context["form"].errors.items()
    }


class TestAdjusts:
    @pytest.mark.parametrize(
        ("mode", "quantity", "reason", "on_hand"),
        [
            ("add", "5", "received", 145),
            ("add", "-2", "correction", 138),
            ("take", "2", "damaged", 138),
            ("take", "140", "lost", 0),
            ("count", "138", "correction", 138),
            ("count", "0", "lost", 0),
        ],
    )
    def test_by(
        self, as_clerk: Client, mode: str, quantity: str, reason: str, on_hand: int
    ) -> None:
        product = make_product(stock=140)
        send(as_clerk, product, mode=mode, quantity=quantity, reason=reason)
        assert reload(product).on_hand == on_hand
        assert product.movements.first().kind == reason

    def test_says_so_and_offers_undo(self, as_clerk: Client) -> None:
        product = make_product(name="Blue mug", stock=1_240)
        response = send(as_clerk, product, mode="take", quantity="2", reason="sold")
        assert flashes(response) == ["“Blue mug” adjusted by −2: 1,238 on hand."]
        assert response.redirect_chain[-1][0] == product.get_absolute_url()
        undo = reverse("products:operation_undo", args=[Operation.objects.first().pk])
        assert undo in response.content.decode()

    def test_where(self, as_clerk: Client) -> None:
        back = make_location()
        product = make_product(stock=10)
        receive(product, 3, location=back)
        send(as_clerk, product, location=back.pk, quantity="2", reason="found")
        levels = dict(StockLevel.objects.values_list("location__name", "on_hand"))
        assert levels == {"Main store": 10, "Back room": 5}

    def test_one_location_is_not_asked_about(self, as_clerk: Client) -> None:
        make_location("TRUCK", "Truck", kind=Location.Kind.TRANSIT)
        make_location("OLD", "Old store", is_active=False)
        assert "location" not in open_form(as_clerk, url_of(make_product()))

    def test_note_is_kept(self, as_clerk: Client) -> None:
        product = make_product(stock=3)
        typed = {"mode": "take", "quantity": "1", "reason": "other"}
        send(as_clerk, product, note="given away", **typed)
        assert Operation.objects.first().reason == "given away"

    def test_count_is_compared_with_what_is_there_now(self, as_clerk: Client) -> None:
        product = make_product(stock=10)
        data = open_form(as_clerk, url_of(product))
        receive(product, 5)
        typed = {"mode": "count", "quantity": "14", "reason": "lost"}
        as_clerk.post(url_of(product), data | typed)
        assert reload(product).on_hand == 14
        assert product.movements.first().delta == -1

    def test_a_count_that_matches(self, as_clerk: Client) -> None:
        product = make_product(stock=10)
        typed = {"mode": "count", "quantity": "10", "reason": "correction"}
        response = send(as_clerk, product, **typed)
        assert flashes(response) == ["The count matches. Nothing was posted."]

    def test_a_double_click_posts_once(self, as_clerk: Client) -> None:
        product = make_product(stock=10)
        typed = {"mode": "take", "quantity": "10", "reason": "sold"}
        data = open_form(as_clerk, url_of(product), **typed)
        as_clerk.post(url_of(product), data)
        response = as_clerk.post(url_of(product), data, follow=True)
        assert flashes(response)[-1].endswith("adjusted by −10: 0 on hand.")
        assert StockMovement.objects.count() == 2  # with the opening stock

    def test_a_key_belongs_to_one_person(self, as_clerk: Client, admin: Any) -> None:
        product = make_product(stock=10)
        typed = {"mode": "take", "quantity": "1", "reason": "sold"}
        data = open_form(as_clerk, url_of(product), **typed)
        as_clerk.post(url_of(product), data)
        as_clerk.force_login(admin)
        as_clerk.post(url_of(product), data)
        assert reload(product).on_hand == 8

    def test_a_key_that_no_form_makes_is_none(self, as_clerk: Client) -> None:
        typed = {"mode": "add", "quantity": "2", "reason": "found"}
        as_clerk.post(url_of(make_product()), typed | {"once_key": "a\0b"})
        assert Operation.objects.latest("pk").idempotency_key is None


class TestDialog:
    def send(self, client: Client, product: Product, behind: str) -> Any:
        headers = HTMX | {"HX-Current-URL": behind}
        data = {"mode": "add", "quantity": "5", "reason": "found"}
        return client.post(url_of(product), data, headers=headers)

    def test_is_a_part_of_a_page(self, as_clerk: Client) -> None:
        response = as_clerk.get(url_of(make_product()), headers=HTMX)
        assert b"<html" not in response.content

    def test_over_the_dashboard_the_list_comes_anew(self, as_clerk: Client) -> None:
        behind = "http://testserver/dashboard?stock=low"
        response = self.send(as_clerk, make_product(), behind)
        assert '"dialog:close"' in response["HX-Trigger"]
        assert '"stock:changed"' in response["HX-Trigger"]
        assert "adjusted by +5: 5 on hand" in response.content.decode()

    def test_over_another_page_that_page_comes_anew(self, as_clerk: Client) -> None:
        product = make_product()
        page = f"{product.get_absolute_url()}?from=list"
        response = self.send(as_clerk, product, f"http://testserver{page}")
        assert response["HX-Redirect"] == page

    @pytest.mark.parametrize(
        "behind", ["https://evil.example/", "http://testserver//evil.example/", "x"]
    )
    def test_never_leads_to_a_strange_page(self, as_clerk: Client, behind: str) -> None:
        product = make_product()
        response = self.send(as_clerk, product, behind)
        assert response["HX-Redirect"] == product.get_absolute_url()

    def test_an_error_comes_back_in_the_dialog(self, as_clerk: Client) -> None:
        response = as_clerk.post(url_of(make_product()), headers=HTMX)
        assert b"<html" not in response.content
        assert b"data-error-summary" in response.content


class TestRefuses:
    def test_below_zero_and_says_how_many_there_are(self, as_clerk: Client) -> None:
        product = make_product(stock=3)
        typed = {"mode": "take", "quantity": "5", "reason": "sold"}
        sentence = "Only 3 are available, so 5 can't be taken."
        assert errors(send(as_clerk, product, **typed)) == {"quantity": [sentence]}
        assert reload(product).on_hand == 3

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"quantity": ""}, "quantity"),
            ({"quantity": "0"}, "quantity"),
            ({"quantity": "1.5"}, "quantity"),
            ({"quantity": "NaN"}, "quantity"),
            ({"quantity": "9" * 4_000}, "quantity"),
            ({"quantity": "1000000000"}, "quantity"),
            ({"mode": "count", "quantity": "-1"}, "quantity"),
            ({"mode": "take", "quantity": "-1"}, "quantity"),
            ({"mode": "steal"}, "mode"),
            ({"reason": ""}, "reason"),
            ({"reason": "opening"}, "reason"),
            ({"reason": "other"}, "note"),
            ({"note": "x" * 201}, "note"),
            ({"note": "a\0b"}, "note"),
            # A forgotten minus: three sold would have become three more.
            ({"reason": "sold"}, "quantity"),
            ({"mode": "take", "reason": "received"}, "quantity"),
        ],
        ids=str,
    )
    def test_says_it_at_the_field(
        self, as_clerk: Client, typed: dict[str, str], field: str
    ) -> None:
        product = make_product(stock=9)
        good = {"quantity": "3", "reason": "found"}
        assert list(errors(send(as_clerk, product, **good | typed))) == [field]
        assert reload(product).on_hand == 9

    def test_a_location_that_is_none(self, as_clerk: Client) -> None:
        make_location()
        transit = make_location("TRUCK", "Truck", kind=Location.Kind.TRANSIT)
        typed = {"quantity": "3", "reason": "found", "location": transit.pk}
        assert list(errors(send(as_clerk, make_product(), **typed))) == ["location"]

    def test_unknown_product(self, as_clerk: Client) -> None:
        for pk in (999, 10**30):
            assert as_clerk.get(f"/products/{pk}/adjust").status_code == 404
            assert as_clerk.post(f"/products/{pk}/adjust").status_code == 404

    def test_deleted_meanwhile(self, as_clerk: Client) -> None:
        product = make_product(name="Blue mug")
        delete_product(product_id=product.pk, circumstances=by("Jonas Weber"))
        response = as_clerk.post(url_of(product), follow=True)
        assert flashes(response)[0].startswith("Nothing was done: Jonas Weber deleted")
        assert b"/undo" not in response.content  # a clerk deletes nothing
        assert as_clerk.get(url_of(product)).status_code == 404

    def test_only_by_post(self, as_clerk: Client) -> None:
        product = make_product(stock=2)
        assert as_clerk.delete(url_of(product)).status_code == 405
        assert as_clerk.put(url_of(product)).status_code == 405
        assert reload(product).on_hand == 2


def test_a_clerk_sees_no_cost(as_clerk: Client) -> None:
    product = make_product(stock=3, cost=Decimal("7.77"))
    assert b"7.77" not in as_clerk.get(url_of(product)).content


def test_queries(
    as_clerk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    product = make_product()
    for number in range(20):
        receive(product, 1, location=make_location(f"L{number}", f"Shelf {number}"))
    with django_assert_max_num_queries(10):
        as_clerk.get(url_of(product))
