"""services.shelves: shelf codes and reorder figures of a place."""

import pytest

from products.errors import InvalidLine, ProductGone
from products.models import StockLevel
from products.services.shelves import Arrangement, arrange_level, assign_shelves
from products.services.stock import Place
from products.tests.factories import make_location, make_product, place_of

pytestmark = pytest.mark.django_db


def test_each_place_has_its_own_shelf():
    product, other = make_product(stock=2), make_product(stock=3)
    assign_shelves(shelves={place_of(product): "B-04-2", place_of(other): "B-04-3"})
    assert StockLevel.objects.get(product=product).shelf == "B-04-2"
    assert StockLevel.objects.get(product=other).shelf == "B-04-3"


def test_a_place_without_a_level_has_no_shelf():
    product = make_product(stock=2)
    assign_shelves(shelves={place_of(product, make_location()): "R-1"})
    assert [level.shelf for level in product.levels.all()] == [""]


def test_stock_stays_as_it_is():
    product = make_product(stock=2)
    assign_shelves(shelves={place_of(product): "B-04-2"})
    assert StockLevel.objects.get(product=product).on_hand == 2


def test_a_product_that_is_gone_is_named():
    place = place_of(make_product(stock=2))
    with pytest.raises(ProductGone):
        assign_shelves(shelves={Place(place.product_id + 1, place.location_id): "X"})


class TestArrange:
    def test_a_level_is_made_where_none_is(self):
        product, back = make_product(), make_location()
        wanted = Arrangement("R-1", 3, 12)
        for _time in range(2):
            arrange_level(place=place_of(product, back), wanted=wanted)
        level = StockLevel.objects.get(product=product)
        assert (level.shelf, level.reorder_point, level.reorder_quantity) == (
            "R-1",
            3,
            12,
        )
        assert (level.on_hand, level.value, level.last_sequence) == (0, 0, 0)

    def test_no_shelf_on_the_road(self):
        road = make_location(kind="transit")
        with pytest.raises(InvalidLine):
            arrange_level(
                place=place_of(make_product(), road), wanted=Arrangement("R-1")
            )
