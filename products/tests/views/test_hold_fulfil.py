"""/stock/holds/fulfil"""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from products.models import Operation, StockMovement
from products.tests.factories import make_product, reload
from products.tests.views.filled import flashes, open_form
from products.tests.views.holds import answer, hold, question, states

pytestmark = pytest.mark.django_db


def test_sells_what_is_held_as_one_operation(as_clerk: Client) -> None:
    mug, cup = make_product(stock=5), make_product(stock=4)
    ids = hold((mug, 3), (cup, 4), reference="Order 1")
    response = answer(as_clerk, "fulfil", *ids)
    assert flashes(response) == ["Fulfilled and sold: 7 units in 2 holds."]
    for product, left in ((mug, 2), (cup, 0)):
        row = reload(product)
        assert (row.on_hand, row.reserved) == (left, 0)
    operation = Operation.objects.get(kind="hold_fulfilled")
    assert operation.reference == "Order 1"
    sold = StockMovement.Kind.SOLD
    assert operation.movements.filter(kind=sold).count() == 2
    assert states() == ["fulfilled", "fulfilled"]
    undo = reverse("products:operation_undo", args=[operation.pk])
    assert undo in response.content.decode()


def test_the_reference_can_be_another(as_clerk: Client) -> None:
    ids = hold((make_product(stock=5), 3), reference="Order 1")
    answer(as_clerk, "fulfil", *ids, reference="Parcel 9")
    assert Operation.objects.get(kind="hold_fulfilled").reference == "Parcel 9"


def test_of_several_requests_there_is_none(as_clerk: Client) -> None:
    product = make_product(stock=5)
    ids = [hold((product, 1), reference=f"Order {n}")[0] for n in (1, 2)]
    assert open_form(as_clerk, question("fulfil", *ids))["reference"] == ""


def test_takes_the_permission_to_move_stock(as_clerk: Client, clerk: Any) -> None:
    ids = hold((make_product(stock=5), 3))
    moves = Permission.objects.get(codename="adjust_stock")
    clerk.groups.get().permissions.remove(moves)
    assert as_clerk.get(question("fulfil", *ids)).status_code == 403
    assert as_clerk.post(question("fulfil", *ids)).status_code == 403
    assert states() == ["open"]
