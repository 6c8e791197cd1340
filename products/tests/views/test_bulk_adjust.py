"""/products/bulk/adjust"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from products.models import BulkRun, Location, StockMovement
from products.reports.stock_check import check_stock
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import (
    adjust,
    by,
    make_location,
    make_product,
    reload,
)
from products.tests.views.bulking import chosen, confirm, show
from products.tests.views.filled import flashes

pytestmark = pytest.mark.django_db

URL = reverse("products:bulk_adjust")


def fields(mode: str, quantity: int, reason: str = "correction") -> dict[str, Any]:
    return {"mode": mode, "quantity": quantity, "reason": reason}


def test_asks_first(as_clerk: Client) -> None:
    page = show(as_clerk, URL, chosen(make_product()))
    assert page.context["plan"] is None
    assert "Where" not in page.content.decode()  # one location


@pytest.mark.parametrize(
    ("mode", "quantity", "then"),
    [("add", 3, [8, 3]), ("count", 2, [2, 2]), ("count", 0, [0, 0])],
)
def test_adjusts_all(as_clerk: Client, mode: str, quantity: int, then: Any) -> None:
    products = [make_product(stock=5), make_product()]
    page = show(as_clerk, URL, chosen(*products), **fields(mode, quantity))
    confirm(as_clerk, page)
    assert [reload(each).on_hand for each in products] == then
    assert check_stock().ok


def test_shows_old_new_and_totals(as_admin: Client) -> None:
    product = make_product(stock=5, cost="2")
    page = show(as_admin, URL, chosen(product), **fields("take", 2))
    (row,) = page.context["changing"]
    assert (row.old, row.units, row.new) == ("5", -2, "3")
    assert "−€4.00" in page.content.decode() or "−$4.00" in page.content.decode()
    assert reload(product).on_hand == 5


def test_a_clerk_sees_no_value(as_clerk: Client) -> None:
    page = show(
        as_clerk, URL, chosen(make_product(stock=5, cost="2")), **fields("take", 2)
    )
    assert "4.00" not in page.content.decode()


def test_says_who_and_why(as_clerk: Client) -> None:
    product = make_product(stock=5)
    page = show(
        as_clerk, URL, chosen(product), **fields("take", 1, "damaged"), note="wet"
    )
    response = confirm(as_clerk, page)
    assert flashes(response) == ["Adjusted 1 product."]
    operation = BulkRun.objects.get().operation
    assert (operation.reason, operation.actor_label) == ("wet", "Carl Clerk")
    movement = StockMovement.objects.get(operation=operation)
    assert (movement.kind, movement.delta) == ("damaged", -1)


def test_refuses_what_is_short_held_or_archived(as_clerk: Client) -> None:
    short, held = make_product(sku="A", stock=1), make_product(sku="B", stock=5)
    hold_stock(wanted=[Wanted(held.pk, 4)], circumstances=by())
    page = show(as_clerk, URL, chosen(short, held), **fields("take", 2))
    assert [row.reason for row in page.context["refused"]] == [
        "Only 1 is on hand.",
        "4 of 5 are held.",
    ]
    archived = make_product(status="archived")
    page = show(as_clerk, URL, chosen(archived), **fields("add", 2))
    assert "It is archived" in page.context["refused"][0].reason


def test_leaves_out_what_is_refused_only_when_told(as_clerk: Client) -> None:
    short, full = make_product(stock=1), make_product(stock=5)
    page = show(as_clerk, URL, chosen(short, full), **fields("take", 2))
    page = confirm(as_clerk, page)
    assert "1 product can&#x27;t be changed" in page.content.decode()
    assert reload(full).on_hand == 5
    response = confirm(as_clerk, page, leave_out="on")
    assert flashes(response) == ["Adjusted 1 product."]
    assert (reload(short).on_hand, reload(full).on_hand) == (1, 3)


def test_sold_meanwhile_is_shown_again_and_asked_again(as_clerk: Client) -> None:
    first, second = make_product(stock=2), make_product(stock=1)
    page = show(as_clerk, URL, chosen(first, second), **fields("take", 2))
    adjust(first, -1)
    page = confirm(as_clerk, page, leave_out="on")
    assert "Something has changed since you looked" in page.content.decode()
    assert len(page.context["refused"]) == 2
    assert reload(first).on_hand == 1


def test_a_reason_that_says_the_other_direction(as_clerk: Client) -> None:
    page = show(as_clerk, URL, chosen(make_product()), **fields("add", 3, "sold"))
    assert "takes stock away" in page.context["refused"][0].reason


def test_undo_goes_row_by_row(as_clerk: Client) -> None:
    sold, kept = make_product(), make_product()
    confirm(as_clerk, show(as_clerk, URL, chosen(sold, kept), **fields("add", 3)))
    adjust(sold, -3)
    operation = BulkRun.objects.get().operation
    undo = reverse("products:operation_undo", args=[operation.pk])
    response = as_clerk.post(undo, follow=True)
    assert "1 product was left as it is" in flashes(response)[-1]
    assert (reload(sold).on_hand, reload(kept).on_hand) == (0, 0)
    assert check_stock().ok


def test_at_another_location(as_clerk: Client) -> None:
    back, product = make_location(), make_product(stock=5)
    page = show(as_clerk, URL, chosen(product), **fields("count", 7), location=back.pk)
    assert page.context["changing"][0].old == "0"
    confirm(as_clerk, page)
    levels = dict(product.levels.values_list("location__code", "on_hand"))
    assert levels == {Location.objects.get_default().code: 5, "BACK": 7}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        (fields("add", 0), "quantity"),
        (fields("take", -3), "quantity"),
        (fields("add", 3, "other"), "note"),
        (fields("add", 3, ""), "reason"),
        (fields("nonsense", 3), "mode"),
    ],
)
def test_what_makes_no_sense(as_clerk: Client, sent: Any, field: str) -> None:
    page = show(as_clerk, URL, chosen(make_product()), **sent)
    assert page.context["form"].errors[field]
    assert page.context["plan"] is None
