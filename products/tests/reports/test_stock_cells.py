"""reports.stock_cells: the figures of the whole catalogue at a moment, both ways."""

from datetime import timedelta

import pytest
from django.utils import timezone

from products.models.stored import to_decimal
from products.reports import stock_cells as cells_module
from products.reports.stock_at import stock_at
from products.reports.stock_cells import stock_cells, with_category
from products.services.deleting import delete_product
from products.tests.factories import (
    by,
    make_category,
    make_location,
    make_product,
    receive,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(microsecond=0)


def on(day: float, *, late_for: float | None = None):
    effective_at = None if late_for is None else NOW + timedelta(days=late_for)
    return by(now=NOW + timedelta(days=day), effective_at=effective_at)


@pytest.fixture(params=["little moved since", "much moved since"])
def way(request, monkeypatch):
    """Each way to the figures; the second is taken where more than FEW moved."""
    few = 10_000 if request.param == "little moved since" else -1
    monkeypatch.setattr(cells_module, "FEW", few)


@pytest.fixture
def shop():
    """Three products at two places, one gone since; a late entry before all others."""
    mug = make_product(stock=5, cost=2, circumstances=on(-9))
    pan = make_product(stock=4, cost=3, circumstances=on(-8))
    bowl = make_product(circumstances=on(-8))
    receive(mug, 2, cost="4", location=make_location(), circumstances=on(-2))
    receive(bowl, 6, cost="1", circumstances=on(-1, late_for=-7))
    receive(mug, 1, cost="9", circumstances=on(-1, late_for=-7))
    delete_product(product_id=pan.pk, circumstances=on(-0.5))


def figures(moment):
    return {
        cell[:2]: (cell[2], to_decimal(cell[3]))
        for cell in stock_cells(moment)
        if cell[2]
    }


@pytest.mark.parametrize("day", [-10, -8.5, -7.5, -6, -1.5, -0.75, 0])
def test_same_as_the_report_line_by_line(shop, way, day):
    moment = NOW + timedelta(days=day)
    assert figures(moment) == {
        (line.product_id, line.location_id): (line.quantity, line.value)
        for line in stock_at(moment)
    }


def test_cells_of_a_product_follow_each_other(shop, way):
    ids = [cell[0] for cell in stock_cells(NOW - timedelta(days=1.5))]
    assert ids in (sorted(ids), sorted(ids, reverse=True))


def test_category_of_what_is_there_still(way):
    mugs = make_category("Mugs")
    mug = make_product(stock=1, category=mugs, circumstances=on(-2))
    plain = make_product(stock=1, circumstances=on(-2))
    gone = make_product(stock=1, category=mugs, circumstances=on(-2))
    delete_product(product_id=gone.pk, circumstances=on(-1))
    cells = with_category(stock_cells(NOW - timedelta(days=1.5)))
    found = {cell[0]: category_id for category_id, cell in cells}
    assert found == {mug.pk: mugs.pk, plain.pk: None}


def test_queries_do_not_grow(shop, way, django_assert_max_num_queries):
    for _number in range(10):
        make_product(stock=1, circumstances=on(-1))
    with django_assert_max_num_queries(3):
        list(stock_cells(NOW - timedelta(days=3)))
