"""reports.stock_at: the whole catalogue at a moment."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from products.models import StockLevel
from products.reports.stock_at import StockLine, present_at, stock_at
from products.reports.stock_totals import Sums, stock_totals
from products.services.deleting import delete_product
from products.services.undo import undo_operation
from products.tests.damage import write_raw
from products.tests.factories import (
    by,
    make_category,
    make_location,
    make_product,
    receive,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(microsecond=0)
DAY = timedelta(days=1)


def on(day: float, *, late_for: float | None = None):
    effective_at = None if late_for is None else NOW + late_for * DAY
    return by(now=NOW + day * DAY, effective_at=effective_at)


def report(day: float = 0, **kwargs) -> list[StockLine]:
    return list(stock_at(NOW + day * DAY, **kwargs))


def units(day: float = 0) -> list[tuple[str, int]]:
    return [(line.sku, line.quantity) for line in report(day)]


@pytest.fixture
def shop():
    """A mug on the first day, a bowl on the second, two more mugs today."""
    mug = make_product(sku="MUG", stock=5, cost=Decimal(2), circumstances=on(-9))
    make_product(sku="bowl", stock=3, circumstances=on(-8))
    receive(mug, 2, cost="4", circumstances=on(-1))
    return mug


def test_catalogue_of_each_day_by_sku(shop):
    assert units(-10) == []
    assert units(-9) == [("MUG", 5)]
    assert units(-8) == [("bowl", 3), ("MUG", 5)]
    assert units() == [("bowl", 3), ("MUG", 7)]


def test_value_and_unit_cost(shop):
    bowl, mug = report()
    assert (mug.value, mug.unit_cost) == (18, Decimal("2.571429"))
    assert (bowl.value, bowl.unit_cost) == (0, None)


def test_late_entry_counts_from_its_business_date(shop):
    receive(shop, 4, cost="1", circumstances=on(-0.5, late_for=-8.5))
    assert units(-9) == [("MUG", 5)]
    assert units(-8.5) == [("MUG", 9)]
    assert units(-1) == [("bowl", 3), ("MUG", 11)]
    assert units() == [("bowl", 3), ("MUG", 11)]


def test_a_line_for_each_location(shop):
    back = make_location()
    receive(shop, 6, location=back, circumstances=on(-0.5))
    assert [(line.location_id == back.pk, line.quantity) for line in report()] == [
        (False, 3),
        (False, 7),
        (True, 6),
    ]


class TestGone:
    def test_product_that_was_deleted_since_comes_last(self, shop):
        delete_product(product_id=shop.pk, circumstances=on(-0.5))
        assert units() == [("bowl", 3)]
        assert units(-1) == [("bowl", 3), ("MUG", 7)]
        mug = report(-1)[-1]
        assert (mug.name, mug.is_gone, mug.value) == (shop.name, True, 18)

    def test_it_keeps_the_category_of_its_record(self):
        kitchen = make_category("Kitchen")
        product = make_product(stock=1, category=kitchen, circumstances=on(-2))
        delete_product(product_id=product.pk, circumstances=on(-1))
        pk = kitchen.pk
        kitchen.delete()
        (line,) = report(-2)
        assert (line.category_id, line.category_label) == (pk, "Kitchen")

    def test_one_that_came_back_is_there_once(self, shop):
        deletion = delete_product(product_id=shop.pk, circumstances=on(-0.5))
        undo_operation(operation_id=deletion.pk, circumstances=on(-0.25))
        assert units(-0.3) == [("bowl", 3)]
        assert units(-1) == units() == [("bowl", 3), ("MUG", 7)]

    def test_one_whose_addition_was_undone(self):
        product = make_product(sku="PAN", stock=4, circumstances=on(-2))
        added = product.changes.get().operation_id
        undo_operation(operation_id=added, circumstances=on(-1))
        assert (units(-2), units()) == ([("PAN", 4)], [])

    def test_sku_that_was_given_again(self, shop):
        delete_product(product_id=shop.pk, circumstances=on(-0.5))
        make_product(sku="MUG", stock=1, circumstances=on(-0.4))
        assert units() == [("bowl", 3), ("MUG", 1)]
        assert units(-1) == [("bowl", 3), ("MUG", 7)]

    def test_search_finds_it_by_words(self, shop):
        delete_product(product_id=shop.pk, circumstances=on(-0.5))
        assert [line.sku for line in report(-1, search="mu")] == ["MUG"]
        assert report(-1, search="ug") == []


def test_search(shop):
    assert [line.sku for line in report(search="bow")] == ["bowl"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="others refuse the text")
def test_spoilt_value_spoils_its_own_line(shop):
    level = StockLevel.objects.get(product=shop)
    write_raw(StockLevel, level.pk, value="'spoilt'")
    bowl, mug = report()
    assert (bowl.value, mug.value, mug.quantity) == (0, None, 7)
    assert stock_totals(NOW).overall == Sums(2, 10, Decimal(0), 2)


def test_pages_of_levels_meet_without_a_gap(shop):
    back = make_location()
    for sku in ("a", "c", "z"):
        product = make_product(sku=sku, stock=1, circumstances=on(-2))
        receive(product, 1, location=back, circumstances=on(-1))
    lines = [(line.sku, line.location_id) for line in present_at(NOW)]
    for batch in (1, 2, 3):
        again = present_at(NOW, batch=batch)
        assert [(line.sku, line.location_id) for line in again] == lines
    assert [line.sku for line in present_at(NOW, after="c")] == ["MUG", "z", "z"]


def test_queries_do_not_grow(shop, django_assert_max_num_queries):
    gone = [make_product(stock=1, circumstances=on(-3)) for _ in range(20)]
    for product in gone[:10]:
        delete_product(product_id=product.pk, circumstances=on(-1))
    with django_assert_max_num_queries(7):
        report(-2)


def test_product_without_any_movement_is_left_out(shop):
    product = make_product(sku="NEW")
    StockLevel.objects.filter(product=product).update(shelf="A1")
    assert "NEW" not in dict(units())
