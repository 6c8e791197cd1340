"""services.reservations: what a hold keeps of the request it was made by."""

from datetime import datetime

import pytest
from django.utils import timezone

from products.errors import FieldRefused
from products.models import Operation
from products.services.operations import Circumstances
from products.services.reservations import Wanted, hold_stock, renew_holds
from products.tests.factories import by, make_product

pytestmark = pytest.mark.django_db


def hold(circumstances: Circumstances, expires_at: datetime | None = None) -> Operation:
    wanted = [Wanted(make_product(stock=5).pk, 2)]
    return hold_stock(wanted=wanted, circumstances=circumstances, expires_at=expires_at)


def test_reference_of_the_request() -> None:
    assert hold(by(reference="Order 17")).holds.get().reference == "Order 17"


def test_a_time_that_comes_just_now_is_over() -> None:
    now = timezone.now()
    with pytest.raises(FieldRefused):
        hold(by(now=now), now)
    held = hold(by(now=now)).holds.get()
    with pytest.raises(FieldRefused):
        renew_holds(hold_ids=[held.pk], expires_at=now, circumstances=by(now=now))
