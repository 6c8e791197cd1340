"""Forms on German pages: amounts are shown and read with a comma."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from products.models import ProductChange
from products.tests.factories import make_product, reload
from products.tests.views.filled import flashes, open_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def german(as_admin: Client) -> Client:
    as_admin.defaults["HTTP_ACCEPT_LANGUAGE"] = "de"
    return as_admin


@pytest.fixture
def url() -> str:
    product = make_product(price=Decimal("1234.50"), cost=Decimal("0.0125"))
    return reverse("products:product_edit", args=[product.pk])


def test_saving_what_is_shown_changes_nothing(german: Client, url: str) -> None:
    data = open_form(german, url)
    assert (data["price"], data["cost"]) == ("1234,50", "0,0125")
    answer = german.post(url, data, follow=True)
    assert flashes(answer) == ["Nichts wurde geändert."]
    assert not ProductChange.objects.exclude(before=None).exists()


def test_a_comma_is_the_decimal_mark(german: Client, url: str) -> None:
    german.post(url, open_form(german, url, price="15,5"))
    change = ProductChange.objects.order_by("-pk").first()
    assert reload(change.product).price == Decimal("15.50")


def test_a_point_that_may_mean_thousands_is_asked_about(
    german: Client, url: str
) -> None:
    answer = german.post(url, open_form(german, url, price="1.234"))
    assert "Schreiben Sie eine Zahl ohne Tausenderpunkt" in answer.text
    assert 'value="1.234"' in answer.text


def test_list_shows_money_and_numbers_as_german_does(german: Client) -> None:
    make_product(name="Teapot", price=Decimal("1234.50"), stock=4321)
    page = german.get(reverse("products:dashboard")).text
    assert "1.234,50\N{NO-BREAK SPACE}€" in page
    assert "4.321" in page
