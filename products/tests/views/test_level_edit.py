"""/products/<id>/locations/<id>"""

from typing import Any

import pytest
from django.test import Client

from products.models import Location, Product, StockLevel
from products.reports.stock_check import check_stock
from products.tests.factories import make_location, make_product, receive
from products.tests.views.filled import flashes, open_form

pytestmark = pytest.mark.django_db


def url_of(product: Product, location: Location | None = None) -> str:
    place = location or Location.objects.get_default()
    return f"/products/{product.pk}/locations/{place.pk}"


def level(product: Product, location: Location) -> tuple[Any, ...]:
    row = StockLevel.objects.get(product=product, location=location)
    return row.shelf, row.reorder_point, row.reorder_quantity


def test_each_location_has_its_own(as_admin: Client) -> None:
    back, product = make_location(), make_product(stock=5, name="Mug")
    receive(product, 2, location=back)
    typed = {"shelf": "R-01", "reorder_point": "3", "reorder_quantity": "12"}
    data = open_form(as_admin, url_of(product, back), **typed)
    response = as_admin.post(url_of(product, back), data, follow=True)
    assert flashes(response) == ["Saved for “Mug” at Back room."]
    assert level(product, back) == ("R-01", 3, 12)
    assert level(product, Location.objects.get_default()) == ("", None, None)


def test_empty_is_the_shops_own_and_zero_is_zero(as_admin: Client) -> None:
    back, product = make_location(), make_product(stock=5)
    receive(product, 2, location=back)
    typed = {"shelf": "", "reorder_point": "0", "reorder_quantity": ""}
    as_admin.post(url_of(product, back), typed)
    assert level(product, back) == ("", 0, None)


def test_before_any_stock_is_there(as_admin: Client) -> None:
    back, product = make_location(), make_product(stock=5)
    as_admin.post(url_of(product, back), {"shelf": "R-01", "reorder_point": "3"})
    assert level(product, back) == ("R-01", 3, None)
    assert check_stock().ok
    receive(product, 2, location=back)
    assert level(product, back) == ("R-01", 3, None)
    assert check_stock().ok


def test_with_one_location_only_the_shelf_is_asked(as_admin: Client) -> None:
    product = make_product(stock=5, name="Mug")
    StockLevel.objects.update(reorder_point=4)
    data = open_form(as_admin, url_of(product), shelf="B-1")
    assert set(data) == {"shelf"}
    response = as_admin.post(url_of(product), data, follow=True)
    assert flashes(response) == ["Shelf of “Mug” saved."]
    assert level(product, Location.objects.get_default()) == ("B-1", 4, None)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"shelf": "x" * 41}, "shelf"),
        ({"shelf": "a\0b"}, "shelf"),
        ({"reorder_point": "-1"}, "reorder_point"),
        ({"reorder_quantity": "many"}, "reorder_quantity"),
        ({"reorder_point": "9" * 40}, "reorder_point"),
    ],
)
def test_refuses(as_admin: Client, typed: dict[str, str], field: str) -> None:
    back, product = make_location(), make_product(stock=5)
    response = as_admin.post(url_of(product, back), typed)
    assert list(response.context["form"].errors) == [field]


def test_strange_places_are_not_found(as_admin: Client) -> None:
    product = make_product()
    road = make_location("ROAD", "Road", kind="transit")
    assert as_admin.get(url_of(product, road)).status_code == 404
    assert as_admin.get(f"/products/{product.pk}/locations/999").status_code == 404
    assert as_admin.get(f"/products/999/locations/{road.pk}").status_code == 404
