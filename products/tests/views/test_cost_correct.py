"""/products/<id>/cost"""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from products.models import Operation, Product
from products.tests.factories import make_location, make_product, receive
from products.tests.views.filled import flashes, open_form, words_of

pytestmark = pytest.mark.django_db


def url_of(product: Product) -> str:
    return reverse("products:cost_correct", args=[product.pk])


def send(client: Client, product: Product, **typed: Any) -> Any:
    good = {"unit_cost": "6.20", "reason": "Wrong invoice"}
    data = open_form(client, url_of(product), **good | typed)
    return client.post(url_of(product), data, follow=True)


def errors(response: Any) -> list[str]:
    return list(response.context["form"].errors)


def test_says_what_it_was_worth_and_is_worth_now(as_admin: Client) -> None:
    mug = make_product(name="Blue mug", stock=4, cost=Decimal(5))
    page = as_admin.get(url_of(mug)).content.decode()
    assert "€5.00" in page
    assert "€20.00" in page
    response = send(as_admin, mug)
    assert flashes(response) == [
        "“Blue mug” is worth €24.80 now: €4.80 more than before."
    ]
    operation = Operation.objects.get(kind="cost_corrected")
    assert operation.reason == "Wrong invoice"
    assert reverse("products:operation_undo", args=[operation.pk]) in (
        response.content.decode()
    )


def test_less(as_admin: Client) -> None:
    response = send(as_admin, make_product(stock=4, cost=Decimal(5)), unit_cost="0")
    assert "€0.00 now: €20.00 less than before" in flashes(response)[0]


def test_at_one_place_or_at_all(as_admin: Client) -> None:
    back, mug = make_location(), make_product(stock=4, cost=Decimal(5))
    receive(mug, 2, cost="5", location=back)
    send(as_admin, mug, location=back.pk, unit_cost="6")
    assert set(mug.levels.values_list("value", flat=True)) == {20, 12}
    send(as_admin, mug, location="", unit_cost="7")
    assert set(mug.levels.values_list("value", flat=True)) == {28, 14}


def test_one_place_is_not_asked_about(as_admin: Client) -> None:
    page = as_admin.get(url_of(make_product(stock=1)))
    assert "location" not in page.context["form"].fields
    assert "ocation" not in words_of(page)


def test_no_stock_has_nothing_to_correct(as_admin: Client) -> None:
    mug = make_product()
    assert b"There is no stock" in as_admin.get(url_of(mug)).content
    data = {"unit_cost": "5", "reason": "x"}
    assert errors(as_admin.post(url_of(mug), data)) == ["unit_cost"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"unit_cost": ""}, "unit_cost"),
        ({"unit_cost": "-1"}, "unit_cost"),
        ({"unit_cost": "NaN"}, "unit_cost"),
        ({"unit_cost": "1,290"}, "unit_cost"),
        ({"unit_cost": "999999999"}, "unit_cost"),  # more than a level can be worth
        ({"unit_cost": "5"}, "unit_cost"),  # the same value
        ({"reason": ""}, "reason"),
        ({"reason": "   "}, "reason"),
        ({"reason": "x" * 201}, "reason"),
        ({"reason": "a\0b"}, "reason"),
        ({"location": "999"}, "location"),
        ({"location": "x"}, "location"),
    ],
    ids=str,
)
def test_refuses_at_the_field(
    as_admin: Client, typed: dict[str, str], field: str
) -> None:
    mug = make_product(stock=4_000, cost=Decimal(5))
    receive(mug, 1, cost="5", location=make_location())
    assert errors(send(as_admin, mug, **typed)) == [field]
    assert not Operation.objects.filter(kind="cost_corrected").exists()


def test_a_double_click_posts_once(as_admin: Client) -> None:
    mug = make_product(stock=4, cost=Decimal(5))
    typed = {"unit_cost": "6", "reason": "Wrong"}
    data = open_form(as_admin, url_of(mug), **typed)
    for _click in range(2):
        response = as_admin.post(url_of(mug), data, follow=True)
    assert "€24.00 now" in flashes(response)[-1]
    assert Operation.objects.filter(kind="cost_corrected").count() == 1


def test_is_in_the_menu_of_those_who_may(as_admin: Client, clerk: Any) -> None:
    mug = make_product(stock=1)
    page = mug.get_absolute_url()
    assert url_of(mug) in as_admin.get(page).content.decode()
    as_admin.force_login(clerk)
    assert url_of(mug) not in as_admin.get(page).content.decode()


def test_as_a_dialog(as_admin: Client) -> None:
    mug = make_product(stock=1, cost=Decimal(5))
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/dashboard"}
    page = as_admin.get(url_of(mug), headers=headers)
    assert b"<html" not in page.content
    data = {"unit_cost": "6", "reason": "Wrong"}
    response = as_admin.post(url_of(mug), data, headers=headers)
    assert '"dialog:close"' in response["HX-Trigger"]


def test_unknown_product(as_admin: Client) -> None:
    for pk in (999, 10**30):
        assert as_admin.get(f"/products/{pk}/cost").status_code == 404
