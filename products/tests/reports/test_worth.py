"""reports.worth: what stock is worth, place by place."""

from decimal import Decimal

import pytest

from products.reports.worth import worth_of
from products.tests.factories import adjust, make_location, make_product, receive

pytestmark = pytest.mark.django_db


def test_where_there_is_stock_the_default_place_first() -> None:
    mug = make_product(stock=4, cost=Decimal(5))
    receive(mug, 2, cost="8", location=make_location("A", "Attic"))
    found = [
        (worth.location, worth.on_hand, worth.unit_value) for worth in worth_of(mug.pk)
    ]
    assert found == [("Main store", 4, 5), ("Attic", 2, 8)]


def test_nothing_where_all_is_gone() -> None:
    mug = make_product(stock=4)
    adjust(mug, -4)
    assert worth_of(mug.pk) == []
