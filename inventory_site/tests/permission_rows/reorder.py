"""The addresses of the reorder list."""

from collections.abc import Mapping

from inventory_site.tests.permission_rows.row import LOGIN, Row
from products.tests.factories import make_product, make_shop


def low_stock() -> Mapping[str, object]:
    make_shop()
    make_product(name="Rope", reorder_point=5, stock=2, supplier_name="Seil AS")
    return {}


REORDER = [
    Row("products:reorder_list", "GET", LOGIN, 200, 200, 200, low_stock),
    Row(
        "products:reorder_export", "GET", LOGIN, 200, 200, 200, low_stock, is_page=False
    ),
]
