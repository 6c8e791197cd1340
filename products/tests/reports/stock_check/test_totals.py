"""reports.stock_check: levels and totals that don't follow from the movements."""

from decimal import Decimal

import pytest

from products.models import Hold, Product, StockLevel
from products.reports.stock_check import check_stock
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import by, make_location
from products.tests.reports.stock_check.histories import found, make_history

pytestmark = pytest.mark.django_db


class TestFigures:
    @pytest.mark.parametrize(
        ("values", "check"),
        [
            ({"on_hand": 14}, "level"),
            ({"value": Decimal("1.0000")}, "level"),
            ({"reserved": 1}, "reserved"),
            ({"last_sequence": 4}, "head"),
            ({"last_hash": "0" * 64}, "head"),
            ({"last_recorded_at": None}, "head"),
        ],
    )
    def test_level(self, values, check):
        make_history()
        product = make_history()
        StockLevel.objects.filter(product=product).update(**values)
        assert found(check) == (product.sku, "MAIN", None)

    def test_held_without_a_hold_and_the_other_way_round(self):
        product = make_history()
        hold_stock(wanted=[Wanted(product.pk, 1)], circumstances=by())
        assert check_stock().ok
        Hold.objects.update(quantity=2)
        assert found("reserved") == (product.sku, "MAIN", None)

    def test_hold_where_there_is_no_stock(self):
        product = make_history()
        hold_stock(wanted=[Wanted(product.pk, 1)], circumstances=by())
        Hold.objects.update(location=make_location())
        (problem,) = check_stock().problems
        assert (problem.check, problem.location) == ("reserved", "MAIN")
        assert "1 more" in problem.detail

    @pytest.mark.parametrize("total", ["on_hand", "reserved", "in_transit"])
    def test_total(self, total):
        make_history()
        product = make_history()
        Product.objects.filter(pk=product.pk).update(**{total: 1})
        assert found("total") == (product.sku, None, None)

    def test_first_bad_row_is_named_and_the_rest_counted(self):
        first = make_history()
        make_history()
        Product.objects.update(on_hand=99)
        (problem,) = check_stock().problems
        assert problem.product == first.sku
        assert problem.detail == (
            "On hand of the product is 99, and should be 15. (1 more like it)"
        )
