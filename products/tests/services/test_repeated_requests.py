"""The same request a second time gets the first answer, from each service."""

from decimal import Decimal

import pytest

from products.errors import KeyReused
from products.models import Operation, Product, StockMovement
from products.services.deleting import delete_product
from products.services.editing import Recount, update_product
from products.services.operations import Once
from products.tests.factories import by, make_product, place_of, reload

pytestmark = pytest.mark.django_db


def once(**request: object) -> Once:
    return Once("key", request)


def edit(product: Product, price: int, **how: object) -> Operation:
    edited = update_product(
        product_id=product.pk,
        changes={"price": Decimal(price)},
        seen_version=1,
        circumstances=by(once=once(price=price)),
        **how,
    )
    return edited.operation


def test_an_edit() -> None:
    product = make_product()
    assert edit(product, 5) == edit(product, 5)
    assert reload(product).version == 2


def test_an_edit_that_moves_stock_moves_it_once() -> None:
    product = make_product(stock=10)
    place = place_of(product)
    recount = Recount(place.location_id, 10, 8, StockMovement.Kind.LOST)
    edit(product, 5, recount=recount)
    edit(product, 5, recount=recount)
    assert reload(product).on_hand == 8


def test_an_edit_with_other_content() -> None:
    product = make_product()
    edit(product, 5)
    with pytest.raises(KeyReused):
        edit(product, 6)
    assert reload(product).price == 5


def test_a_deletion() -> None:
    product = make_product()
    first, second = (
        delete_product(product_id=product.pk, circumstances=by(once=once()))
        for _click in range(2)
    )
    assert first == second
