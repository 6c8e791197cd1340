"""reports.open_holds: what keeps the stock of one place from being taken."""

from datetime import timedelta

import pytest
from django.utils import timezone

from products.models import Location
from products.reports.open_holds import open_holds
from products.services.reservations import Wanted, hold_stock, release_holds
from products.tests.factories import by, make_location, make_product, receive

pytestmark = pytest.mark.django_db


def test_those_in_force_there_the_oldest_first() -> None:
    mug, cup, back = make_product(stock=9), make_product(stock=9), make_location()
    receive(mug, 9, location=back)
    here = Location.objects.get_default().pk
    soon = timezone.now() + timedelta(hours=1)

    def hold(product, place, until=None, **kwargs):
        wanted = [Wanted(product.pk, 1, place)]
        operation = hold_stock(
            wanted=wanted, expires_at=until, circumstances=by(**kwargs)
        )
        return operation.holds.get()

    first, second = hold(mug, here), hold(mug, here, soon)
    hold(mug, back.pk)
    hold(cup, here)
    past = timezone.now() - timedelta(hours=2)
    hold(mug, here, past + timedelta(hours=1), now=past)
    ended = hold(mug, here)
    release_holds(hold_ids=[ended.pk], circumstances=by())
    assert open_holds(mug.pk, here) == [first, second]
