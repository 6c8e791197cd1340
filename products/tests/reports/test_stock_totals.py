"""reports.stock_totals: what the stock at a moment adds up to."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from products.reports.stock_at import stock_at
from products.reports.stock_totals import Part, Sums, Tally, stock_totals
from products.services.deleting import delete_product
from products.tests.factories import (
    by,
    make_category,
    make_location,
    make_product,
    receive,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
THEN = NOW - timedelta(days=3)


def before(days: float):
    return by(now=NOW - timedelta(days=days))


def part(name, skus, units, value, without_cost, within="") -> Part:
    return Part(name, Sums(skus, units, Decimal(value), without_cost), within)


@pytest.fixture
def shop():
    """Mugs at two places, bowls without a cost, a pan that is gone; three days ago."""
    kitchen = make_category("Kitchen")
    mugs = make_category("Mugs", kitchen)
    mug = make_product(stock=5, cost=Decimal(2), category=mugs, circumstances=before(9))
    receive(mug, 1, cost="3", location=make_location(), circumstances=before(8))
    make_product(stock=3, circumstances=before(9))
    pan = make_product(
        stock=2, cost=Decimal(10), category=kitchen, circumstances=before(9)
    )
    make_product(stock=0, category=kitchen, circumstances=before(9))
    delete_product(product_id=pan.pk, circumstances=before(2))
    return mug


def test_sums(shop):
    assert stock_totals(THEN).overall == Sums(3, 11, Decimal(33), 1)
    assert stock_totals(NOW).overall == Sums(2, 9, Decimal(13), 1)


def test_categories_in_the_order_of_the_tree(shop):
    assert stock_totals(THEN).categories == [
        part("Kitchen", 1, 2, 20, 0),
        part("Mugs", 1, 6, 13, 0, within="Kitchen"),
        part("No category", 1, 3, 0, 1),
    ]


def test_path_of_a_category():
    assert part("Mugs", 1, 1, 1, 0, within="Kitchen › Table").path.count("›") == 2
    assert part("Kitchen", 1, 1, 1, 0).path == "Kitchen"


def test_category_that_is_gone_is_named_as_it_was():
    category = make_category("Winter")
    product = make_product(stock=1, category=category, circumstances=before(9))
    delete_product(product_id=product.pk, circumstances=before(2))
    category.delete()
    assert stock_totals(THEN).categories == [part("Winter", 1, 1, 0, 1)]


def test_locations(shop):
    assert stock_totals(THEN).locations == [
        part("Main store", 3, 10, 30, 1),
        part("Back room", 1, 1, 3, 0),
    ]


def test_sku_without_cost_at_one_of_two_places_counts_once():
    product = make_product(stock=1, circumstances=before(9))
    receive(product, 1, cost="3", location=make_location(), circumstances=before(8))
    assert stock_totals(NOW).overall == Sums(1, 2, Decimal(3), 1)


def test_sku_without_cost_at_two_places_counts_once():
    product = make_product(stock=1, circumstances=before(9))
    receive(product, 1, location=make_location(), circumstances=before(8))
    totals = stock_totals(NOW)
    assert totals.overall == Sums(1, 2, Decimal(0), 1)
    assert [place.sums.without_cost for place in totals.locations] == [1, 1]


def test_same_from_the_lines_themselves(shop):
    tally = Tally()
    for line in stock_at(THEN):
        tally.add(line)
    assert tally.totals() == stock_totals(THEN)


def test_empty_shop():
    totals = stock_totals(NOW)
    assert (totals.overall, totals.categories, totals.locations) == (Sums(), [], [])
