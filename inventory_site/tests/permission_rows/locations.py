"""The addresses of locations, and of what a product has at each."""

from collections.abc import Mapping

from inventory_site.tests.permission_rows.row import LOGIN, Row, shop
from products.models import Location
from products.tests.factories import make_location, make_product


def location() -> Mapping[str, object]:
    return {"pk": make_location().pk}


def closed() -> Mapping[str, object]:
    return {"pk": make_location(is_active=False).pk}


def level() -> Mapping[str, object]:
    make_location()
    product = make_product(stock=5, reorder_point=9)
    return {"pk": product.pk, "location_pk": Location.objects.get_default().pk}


LOCATIONS = [
    Row("products:location_list", "GET", LOGIN, 200, 200, 200, shop),
    Row("products:location_add", "GET", LOGIN, 403, 403, 200),
    Row("products:location_add", "POST", LOGIN, 403, 403, 200),
    Row("products:location_edit", "GET", LOGIN, 403, 403, 200, location),
    Row("products:location_edit", "POST", LOGIN, 403, 403, 200, location),
    Row("products:location_deactivate", "GET", LOGIN, 403, 403, 200, location),
    Row("products:location_deactivate", "POST", LOGIN, 403, 403, 302, location),
    Row("products:location_activate", "POST", LOGIN, 403, 403, 302, closed),
    Row("products:location_default", "POST", LOGIN, 403, 403, 302, location),
    Row("products:level_edit", "GET", LOGIN, 403, 403, 200, level),
    # Every field may be empty: then the shelf has no code.
    Row("products:level_edit", "POST", LOGIN, 403, 403, 302, level),
]
