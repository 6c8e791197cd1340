"""/stock/transfers/<id>/receive"""

from typing import Any

import pytest
from django.test import Client

from products.models import Transfer
from products.services.shelves import assign_shelves
from products.services.transfer_lines import Arrival
from products.tests.factories import make_product, place_of, receive, reload
from products.tests.transfers import (
    back_room,
    draft,
    only_line,
    refreshed,
    sent,
    stock,
)
from products.tests.transfers import receive as receive_all
from products.tests.views.filled import flashes, values_of

pytestmark = pytest.mark.django_db


def url_of(transfer: Transfer) -> str:
    return f"/stock/transfers/{transfer.pk}/receive"


def opened(client: Client, transfer: Transfer, *arrived: str, **typed: Any) -> Any:
    """The form with what arrived typed into its rows."""
    form = client.get(url_of(transfer)).context["form"]
    rows = zip(form.rows, arrived, strict=True) if arrived else ()
    counted = {f"arrived-{row.line.pk}": units for row, units in rows}
    return values_of(form) | counted | typed


def test_everything_by_one_button(as_clerk: Client) -> None:
    mug, cup = make_product(stock=5), make_product(stock=5)
    transfer = sent((mug, 2), (cup, 3))
    data = opened(as_clerk, transfer, everything="1")
    response = as_clerk.post(url_of(transfer), data, follow=True)
    assert flashes(response) == [f"5 units of “{transfer}” received."]
    assert refreshed(transfer).state == "received"
    assert (stock(mug)["BACK"][0], stock(cup)["BACK"][0]) == (2, 3)


def test_a_part(as_clerk: Client) -> None:
    mug, cup = make_product(stock=5), make_product(stock=5)
    transfer = sent((mug, 2), (cup, 3))
    as_clerk.post(url_of(transfer), opened(as_clerk, transfer, "2", ""))
    assert refreshed(transfer).state == "partial"
    (row,) = as_clerk.get(url_of(transfer)).context["form"].rows
    assert (row.line.product, row.line.outstanding) == (cup, 3)


def test_the_rest_is_lost_with_a_reason(as_clerk: Client) -> None:
    mug = make_product(stock=5)
    transfer = sent((mug, 3))
    rest = {f"rest-{only_line(transfer).pk}": "lost", "reason": "fell off"}
    data = opened(as_clerk, transfer, "2", **rest)
    response = as_clerk.post(url_of(transfer), data, follow=True)
    (said,) = flashes(response)
    assert said == f"2 units of “{transfer}” received. 1 booked as lost."
    assert refreshed(transfer).state == "received"
    assert reload(mug).on_hand == 4


def test_too_many_are_found(as_clerk: Client) -> None:
    mug = make_product(stock=5)
    transfer = sent((mug, 3))
    data = opened(as_clerk, transfer, "4", reason="packed twice")
    as_clerk.post(url_of(transfer), data)
    assert (stock(mug)["BACK"][0], only_line(transfer).extra) == (4, 1)


@pytest.mark.parametrize(("arrived", "rest"), [("2", "lost"), ("4", "coming")])
def test_a_difference_needs_a_reason(as_clerk: Client, arrived: str, rest: str) -> None:
    transfer = sent((make_product(stock=5), 3))
    typed = {f"rest-{only_line(transfer).pk}": rest}
    response = as_clerk.post(
        url_of(transfer), opened(as_clerk, transfer, arrived, **typed)
    )
    assert list(response.context["form"].errors) == ["reason"]
    assert response.context["form"].rows[0].arrived == arrived
    assert refreshed(transfer).state == "sent"


@pytest.mark.parametrize("arrived", ["many", "-1", "1.5", "9" * 40, "a\0b"])
def test_bad_quantity(as_clerk: Client, arrived: str) -> None:
    transfer = sent((make_product(stock=5), 3))
    response = as_clerk.post(url_of(transfer), opened(as_clerk, transfer, arrived))
    assert response.context["form"].rows[0].error
    assert refreshed(transfer).state == "sent"


def test_nothing(as_clerk: Client) -> None:
    transfer = sent((make_product(stock=5), 3))
    response = as_clerk.post(url_of(transfer), opened(as_clerk, transfer, ""))
    assert "Say how many arrived." in response.content.decode()


def test_twice_is_once_and_another_tab_is_told(as_clerk: Client) -> None:
    transfer = sent((make_product(stock=5), 3))
    tabs = [opened(as_clerk, transfer, "1") for _tab in range(2)]
    for _click in range(2):
        as_clerk.post(url_of(transfer), tabs[0])
    assert only_line(transfer).received == 1
    response = as_clerk.post(url_of(transfer), tabs[1])
    assert "Somebody else changed" in response.content.decode()


class TestScan:
    def test_counts_one(self, as_clerk: Client) -> None:
        mug = make_product(sku="MUG-1", stock=5)
        transfer = sent((mug, 3))
        data = opened(as_clerk, transfer, "1", code="mug-1", add="1")
        response = as_clerk.post(url_of(transfer), data)
        assert response.context["form"].rows[0].arrived == "2"
        assert "2 arrived" in response.context["said"].text
        assert refreshed(transfer).state == "sent"

    @pytest.mark.parametrize(
        ("code", "said"), [("CUP", "is not on this transfer"), ("X", "has the code")]
    )
    def test_what_is_not_on_it(self, as_clerk: Client, code: str, said: str) -> None:
        make_product(sku="CUP")
        transfer = sent((make_product(stock=5), 3))
        data = opened(as_clerk, transfer, code=code, add="1")
        response = as_clerk.post(url_of(transfer), data)
        assert said in response.context["said"].text


def test_shelf_at_the_destination(as_clerk: Client) -> None:
    mug = make_product(stock=5)
    receive(mug, 1, location=back_room())
    assign_shelves(shelves={place_of(mug, back_room()): "R-01"})
    transfer = sent((mug, 3))
    assert "R-01" in as_clerk.get(url_of(transfer)).content.decode()


@pytest.mark.parametrize("begin", ["draft", "received"])
def test_nothing_to_receive_leads_to_the_transfer(as_clerk: Client, begin: str) -> None:
    transfer = draft((make_product(stock=5), 3))
    if begin == "received":
        transfer = sent((make_product(stock=5), 3))
        receive_all(transfer, Arrival(3))
    response = as_clerk.get(url_of(transfer))
    assert response["Location"] == f"/stock/transfers/{transfer.pk}"
