"""tabular.tables: rows of values to CSV."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from products.tabular.tables import cell_text, write_table

MOMENT = datetime(2026, 3, 3, 12, 30, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Mug", "Mug"),
        ("=1+1", "'=1+1"),
        (-5, "-5"),
        (Decimal("-12.3400"), "-12.34"),
        (Decimal("1200.0000"), "1200"),
        (None, ""),
        (MOMENT, timezone.localtime(MOMENT).strftime("%Y-%m-%d %H:%M:%S")),
    ],
)
def test_cell(cell, text):
    assert cell_text(cell) == text


def test_header_comes_at_once_and_rows_together():
    pieces = write_table(["name", "units"], iter([("Mug", 5), ("@Bowl", 3)]))
    assert list(pieces) == ["\ufeffname,units\r\n", "Mug,5\r\n'@Bowl,3\r\n"]
