"""reports.stock_check.rows: columns that hold garbage are found, never a traceback.

SQLite keeps whatever is written into a column.
"""

import pytest
from django.db import connection

from products.models import StockLevel, StockMovement
from products.reports.stock_check import check_stock
from products.tests.damage import write_raw
from products.tests.reports.stock_check.histories import found, make_history, nth

pytestmark = pytest.mark.django_db(transaction=True)


class TestGarbage:
    @pytest.fixture(autouse=True)
    def only_sqlite(self):
        if connection.vendor != "sqlite":
            pytest.skip("columns of this database hold their own type only")

    @pytest.mark.parametrize(
        "values",
        [
            {"value_after": "'abc'"},
            {"value_delta": "''"},
            {"unit_cost": "'NaN0x'"},
            {"recorded_at": "'soon'"},
            {"effective_at": "12"},
            {"delta": "'many'"},
            {"balance_after": "x'00ff'"},
            {"value_after": "9e999"},
        ],
    )
    def test_in_a_movement(self, values):
        product = make_history()
        damaged = nth(product, 3)
        write_raw(StockMovement, damaged.pk, **values)
        assert found("readable") == (product.sku, "MAIN", damaged.pk)

    @pytest.mark.parametrize("column", ["sequence", "location_id", "product_id"])
    def test_in_a_key(self, column):
        product = make_history()
        damaged = nth(product, 5)
        with connection.constraint_checks_disabled():
            write_raw(StockMovement, damaged.pk, **{column: "'x'"})
            assert found("readable") == (product.sku, None, damaged.pk)
            write_raw(StockMovement, damaged.pk, location_id=damaged.location_id)

    def test_in_a_level_and_a_total(self):
        product = make_history()
        write_raw(StockLevel, product.levels.get().pk, on_hand="'x'", value="'y'")
        assert found("readable") == (product.sku, "MAIN", None)

    def test_text_that_is_none(self):
        """Bytes that are no UTF-8 end the reading; the check says where it stopped."""
        product = make_history()
        write_raw(StockMovement, nth(product, 3).pk, sku="CAST(x'ff' AS TEXT)")
        result = check_stock()
        assert "readable" in {problem.check for problem in result.problems}
        assert result.head == ""
