"""services.shares: which place gives how many, and what no hold can have."""

import pytest

from products.errors import InsufficientStock, InvalidLine
from products.models import Hold, Location
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import by, make_location, make_product, receive, reload

pytestmark = pytest.mark.django_db

MOST = 999_999_999


def hold(*wanted):
    return hold_stock(wanted=wanted, circumstances=by())


def test_a_line_that_names_its_place_takes_before_one_that_does_not():
    product = make_product(stock=2)
    back = make_location()
    receive(product, 2, location=back)
    main = Location.objects.get_default()
    hold(Wanted(product.pk, 2), Wanted(product.pk, 2, main.pk))
    kept = dict(Hold.objects.values_list("location_id", "quantity"))
    assert kept == {main.pk: 2, back.pk: 2}


def test_two_lines_on_one_level_become_one_hold():
    product = make_product(stock=5)
    hold(Wanted(product.pk, 2), Wanted(product.pk, 3))
    assert Hold.objects.get().quantity == 5


def test_a_short_line_says_what_the_lines_before_it_left():
    product = make_product(stock=5)
    with pytest.raises(InsufficientStock) as refused:
        hold(Wanted(product.pk, 3), Wanted(product.pk, 3))
    assert [(short.wanted, short.available) for short in refused.value.shorts] == [
        (3, 2)
    ]


@pytest.mark.parametrize(
    "fields", [{"kind": Location.Kind.TRANSIT}, {"is_active": False}], ids=str
)
def test_a_place_nobody_takes_stock_from(fields):
    product = make_product(stock=5)
    place = make_location("X", "Elsewhere", **fields)
    with pytest.raises(InvalidLine, match="holds stock"):
        hold(Wanted(product.pk, 1, place.pk))
    with pytest.raises(InvalidLine, match="holds stock"):
        hold(Wanted(product.pk, 1, 10**30))


def test_more_than_one_hold_can_have_although_it_is_there():
    product = make_product(stock=MOST)
    receive(product, MOST)
    with pytest.raises(InvalidLine, match="Hold between 1 and"):
        hold(Wanted(product.pk, MOST), Wanted(product.pk, MOST))
    assert reload(product).reserved == 0
