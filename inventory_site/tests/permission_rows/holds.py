"""The addresses of holds, and of the sums behind a product's figures."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from inventory_site.tests.permission_rows.row import LOGIN, Row, product_of_shop
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import by, make_shop


def holds() -> Mapping[str, object]:
    """Of one request and of another, in two locations, one of them nearly over."""
    product = make_shop()
    soon = timezone.now() + timedelta(minutes=20)
    for quantity, reference, until in ((130, "Order 10482", None), (2, "", soon)):
        hold_stock(
            wanted=[Wanted(product.pk, quantity)],
            circumstances=by(reference=reference),
            expires_at=until,
        )
    return {}


def figure() -> Mapping[str, object]:
    return {**product_of_shop(), "figure": "on_hand"}


def value() -> Mapping[str, object]:
    return {**product_of_shop(), "figure": "value"}


HOLDS = [
    Row("products:hold_list", "GET", LOGIN, 200, 200, 200, holds),
    Row("products:hold_add", "GET", LOGIN, 403, 200, 200),
    Row("products:hold_add", "POST", LOGIN, 403, 200, 200),
    # Nothing is chosen: back to the list.
    Row("products:hold_renew", "GET", LOGIN, 403, 302, 302, is_page=False),
    Row("products:hold_renew", "POST", LOGIN, 403, 302, 302),
    Row("products:hold_release", "GET", LOGIN, 403, 302, 302, is_page=False),
    Row("products:hold_release", "POST", LOGIN, 403, 302, 302),
    Row("products:hold_fulfil", "GET", LOGIN, 403, 302, 302, is_page=False),
    Row("products:hold_fulfil", "POST", LOGIN, 403, 302, 302),
    Row("products:product_explain", "GET", LOGIN, 200, 200, 200, figure),
    Row("products:product_explain", "GET", LOGIN, 403, 403, 200, value),
]
