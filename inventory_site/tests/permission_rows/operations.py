"""The addresses of what was done, of taking it back, and of the closing date."""

from collections.abc import Mapping

from inventory_site.tests.permission_rows.row import LOGIN, Row
from products.tests.factories import adjust, make_product


def adjustment() -> Mapping[str, object]:
    return {"pk": adjust(make_product(stock=5), -2).pk}


def history() -> Mapping[str, object]:
    adjustment()
    return {}


OPERATIONS = [
    Row("products:operation_list", "GET", LOGIN, 200, 200, 200, history),
    Row("products:operation_detail", "GET", LOGIN, 200, 200, 200, adjustment),
    Row("products:operation_undo", "GET", LOGIN, 403, 200, 200, adjustment),
    Row("products:operation_undo", "POST", LOGIN, 403, 302, 302, adjustment),
    Row("products:closing", "GET", LOGIN, 200, 200, 200),
    Row("products:closing", "POST", LOGIN, 403, 403, 200),
]
