"""/stock/transfers/new"""

from typing import Any

import pytest
from django.test import Client

from products.models import Location, Operation, Product, Transfer
from products.tests.factories import make_product, reload
from products.tests.transfers import back_room, only_line, stock
from products.tests.views.filled import flashes, values_of

pytestmark = pytest.mark.django_db
URL = "/stock/transfers/new"


def typed(client: Client, *lines: tuple[Product, str], **changes: Any) -> Any:
    """The form as it stands, with lines and changes typed into it."""
    back = back_room()
    form = client.get(URL).context["form"]
    return (
        values_of(form)
        | {"location": Location.objects.get_default().pk, "destination": back.pk}
        | {"product": [product.pk for product, _units in lines]}
        | {"quantity": [units for _product, units in lines]}
        | changes
    )


def errors(response: Any) -> list[str]:
    return list(response.context["form"].errors)


class TestNow:
    def test_moves_everything_in_one_step(self, as_clerk: Client) -> None:
        mug, cup = make_product(stock=5), make_product(stock=9)
        data = typed(as_clerk, (mug, "2"), (cup, "4"), note="for the fair", post="1")
        response = as_clerk.post(URL, data, follow=True)
        (said,) = flashes(response)
        assert "6 units of 2 products moved to Back room." in said
        assert (stock(mug)["BACK"][0], stock(cup)["BACK"][0]) == (2, 4)
        assert not Transfer.objects.exists()
        assert Operation.objects.latest("pk").reason == "for the fair"

    def test_twice_is_once(self, as_clerk: Client) -> None:
        mug = make_product(stock=5)
        data = typed(as_clerk, (mug, "2"), post="1")
        for _click in range(2):
            as_clerk.post(URL, data)
        assert stock(mug)["BACK"][0] == 2

    def test_short_lines_say_so(self, as_clerk: Client) -> None:
        mug, cup = make_product(stock=1), make_product()
        data = typed(as_clerk, (mug, "2"), (cup, "1"), post="1")
        response = as_clerk.post(URL, data)
        texts = [line.short_text for line in response.context["form"].lines]
        starts = [text.partition(".")[0] for text in texts]
        assert starts == ["1 short: 1 on hand", "1 short: 0 on hand"]
        assert b"found" not in response.content
        assert reload(mug).on_hand == 1


class TestDraft:
    def test_is_saved_and_shown(self, as_clerk: Client) -> None:
        mug = make_product()
        data = typed(as_clerk, (mug, "7"), reference="Van 2", draft="1")
        response = as_clerk.post(URL, data, follow=True)
        transfer = Transfer.objects.get()
        assert response.redirect_chain[-1][0] == f"/stock/transfers/{transfer.pk}"
        assert "Nothing moves before you send it" in flashes(response)[0]
        assert (transfer.reference, transfer.created_by_label) == (
            "Van 2",
            "Carl Clerk",
        )
        assert only_line(transfer).quantity == 7

    def test_a_second_click(self, as_clerk: Client) -> None:
        data = typed(as_clerk, (make_product(), "7"), draft="1")
        for _click in range(2):
            as_clerk.post(URL, data)
        assert Transfer.objects.count() == 1


class TestLines:
    def test_scanned_code_becomes_a_line(self, as_clerk: Client) -> None:
        mug = make_product(sku="MUG-1", stock=3)
        data = typed(as_clerk, code="mug-1", add="1")
        response = as_clerk.post(URL, data)
        (line,) = response.context["form"].lines
        assert (line.product, line.quantity, line.available) == (mug, "1", 3)

    def test_pasted_lines(self, as_clerk: Client) -> None:
        make_product(sku="A")
        make_product(sku="B")
        data = typed(as_clerk, pasted="A 3\nB 4", add="1")
        lines = as_clerk.post(URL, data).context["form"].lines
        assert [line.quantity for line in lines] == ["3", "4"]

    def test_from_a_scan_without_a_line_yet(self, as_clerk: Client) -> None:
        assert errors(as_clerk.post(URL, typed(as_clerk, post="1"))) == ["code"]


class TestRefuses:
    @pytest.mark.parametrize("button", ["draft", "post"])
    def test_to_the_same_place(self, as_clerk: Client, button: str) -> None:
        main = Location.objects.get_default().pk
        data = typed(as_clerk, (make_product(stock=2), "1"), destination=main)
        assert errors(as_clerk.post(URL, data | {button: "1"})) == ["destination"]

    @pytest.mark.parametrize("value", ["", "999", "x", "a\0b", "9" * 40])
    def test_destination_that_is_none(self, as_clerk: Client, value: str) -> None:
        data = typed(as_clerk, (make_product(stock=2), "1"), destination=value)
        assert errors(as_clerk.post(URL, data | {"post": "1"})) == ["destination"]

    @pytest.mark.parametrize("units", ["", "0", "-1", "many", "9" * 40])
    def test_quantity(self, as_clerk: Client, units: str) -> None:
        mug = make_product(stock=2)
        response = as_clerk.post(URL, typed(as_clerk, (mug, units), post="1"))
        assert response.context["form"].lines.has_errors()
        assert "BACK" not in stock(mug)


class TestOneLocation:
    def test_says_what_to_do(self, as_admin: Client) -> None:
        for response in (as_admin.get(URL), as_admin.post(URL, {"post": "1"})):
            text = response.content.decode()
            assert "Add a second location first" in text
            assert "/stock/locations/new" in text

    def test_who_may_not_add_one_is_told_who_can(self, as_clerk: Client) -> None:
        text = as_clerk.get(URL).content.decode()
        assert "An admin can add another one" in text
        assert "/stock/locations/new" not in text
