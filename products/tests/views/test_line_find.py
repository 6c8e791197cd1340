"""/stock/lines, as document.js asks it."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from products.tests.factories import make_location, make_product, receive

pytestmark = pytest.mark.django_db
URL = reverse("products:line_find")


def ask(client: Client, **asked: Any) -> dict[str, Any]:
    response = client.get(URL, asked)
    assert response.status_code == 200
    return response.json()


def test_a_code_is_answered_with_a_row(as_clerk: Client) -> None:
    mug = make_product(sku="MUG", name="“Blue” <mug>", stock=12)
    answer = ask(as_clerk, q="mug", **{"for": "sell"})
    assert (answer["found"], answer["id"], answer["name"]) == (True, mug.pk, mug.name)
    assert f'data-product="{mug.pk}"' in answer["row"]
    assert "quantity-__n__" in answer["row"]
    assert "&lt;mug&gt;" in answer["row"]
    assert "12" in answer["row"]


def test_an_id_is_a_choice(as_clerk: Client) -> None:
    mug = make_product()
    assert ask(as_clerk, product=mug.pk)["id"] == mug.pk
    for pk in ("x", "", "9" * 40):
        assert ask(as_clerk, product=pk)["found"] is False


def test_several_are_offered(as_clerk: Client) -> None:
    products = [make_product(name=f"Mug {letter}") for letter in "ab"]
    answer = ask(as_clerk, q="mug")
    assert answer["found"] is False
    assert [choice["id"] for choice in answer["choices"]] == [p.pk for p in products]
    assert set(answer["choices"][0]) == {"id", "name", "options", "sku"}


def test_an_unknown_code_is_offered_as_a_new_product(as_admin: Client) -> None:
    answer = ask(as_admin, q="4006381333931")
    assert answer["text"] == "No product matches “4006381333931”."
    assert answer["add_url"] == "/add_product?barcode=4006381333931"


def test_not_to_a_clerk(as_clerk: Client) -> None:
    assert ask(as_clerk, q="4006381333931")["add_url"] is None


def test_costs_are_for_those_who_see_them(as_admin: Client) -> None:
    make_product(sku="MUG", cost=Decimal("777.77"))
    assert 'value="777.77"' in ask(as_admin, q="MUG", **{"for": "receive"})["row"]
    assert "777.77" not in ask(as_admin, q="MUG", **{"for": "sell"})["row"]


def test_not_for_a_clerk(as_clerk: Client) -> None:
    make_product(sku="MUG", cost=Decimal("777.77"))
    assert "777.77" not in ask(as_clerk, q="MUG", **{"for": "receive"})["row"]


def test_what_is_available_at_the_place(as_clerk: Client) -> None:
    back, mug = make_location(), make_product(sku="MUG", stock=11)
    receive(mug, 22, location=back)
    assert "22" in ask(as_clerk, q="MUG", location=back.pk)["row"]
    assert "11" in ask(as_clerk, q="MUG", location="x")["row"]


@pytest.mark.parametrize("text", ["", "\0", "x" * 3_000, "%", "' OR 1=1"])
def test_what_is_no_code(as_clerk: Client, text: str) -> None:
    assert ask(as_clerk, q=text)["found"] is False


def test_only_to_be_read(as_clerk: Client) -> None:
    assert as_clerk.post(URL).status_code == 405


def test_statements(as_clerk: Client, django_assert_max_num_queries) -> None:
    make_product(sku="MUG")
    with django_assert_max_num_queries(8):
        ask(as_clerk, q="MUG")
