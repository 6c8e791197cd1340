"""services.costs: another value for the same stock."""

from decimal import Decimal

import pytest

from products.errors import FieldRefused, InvalidLine, NothingToPost, ProductGone
from products.models import Location, Operation, Product
from products.reports.stock_check import check_stock
from products.services.costs import Correction, correct_cost
from products.services.transfer_lines import Arrival
from products.services.undo import undo_operation
from products.tests import transfers
from products.tests.factories import by, make_location, make_product, receive, reload

pytestmark = pytest.mark.django_db


def correct(
    product: Product, cost: str, *places: Location, reason: str = "Wrong invoice"
) -> Operation:
    places_ids = [place.pk for place in places] or None
    return correct_cost(
        correction=Correction(product.pk, Decimal(cost), places_ids),
        circumstances=by(reason=reason),
    )


def values(product: Product) -> dict[str, Decimal]:
    return dict(product.levels.values_list("location__name", "value"))


def test_changes_the_value_and_no_quantity() -> None:
    mug = make_product(stock=4, cost=Decimal(5))
    operation = correct(mug, "6.25")
    movement = operation.movements.get()
    assert operation.kind == Operation.Kind.COST_CORRECTED
    assert operation.reason == "Wrong invoice"
    assert (movement.kind, movement.delta, movement.value_delta) == ("revalued", 0, 5)
    assert movement.unit_cost == Decimal("6.25")
    assert reload(mug).on_hand == 4
    assert reload(mug).cost == 5  # the cost of the next delivery is another matter
    assert values(mug) == {"Main store": 25}


def test_everywhere_or_at_one_place() -> None:
    back = make_location()
    mug = make_product(stock=4, cost=Decimal(5))
    receive(mug, 2, cost="5", location=back)
    correct(mug, "6", back)
    assert values(mug) == {"Main store": 20, "Back room": 12}
    assert correct(mug, "7").movements.count() == 2
    assert values(mug) == {"Main store": 28, "Back room": 14}


def test_down_to_nothing_and_up_from_unknown() -> None:
    mug = make_product(stock=4)
    correct(mug, "1.333333")
    assert values(mug) == {"Main store": Decimal("5.3333")}
    correct(mug, "0")
    assert values(mug) == {"Main store": 0}


def test_undone() -> None:
    mug = make_product(stock=4, cost=Decimal(5))
    undo_operation(operation_id=correct(mug, "6").pk, circumstances=by())
    assert values(mug) == {"Main store": 20}


@pytest.mark.parametrize("cost", ["5", "5.0000001"])
def test_the_same_value_is_nothing_to_post(cost: str) -> None:
    mug = make_product(stock=4, cost=Decimal(5))
    with pytest.raises(NothingToPost):
        correct(mug, cost)
    assert not Operation.objects.filter(kind="cost_corrected").exists()


def test_what_is_on_the_way_keeps_what_its_transfer_carries() -> None:
    mug = make_product(stock=10, cost=Decimal(5))
    transfer = transfers.sent((mug, 6))
    correct(mug, "7")
    assert values(mug) == {"Main store": 28, "In transit": 30}
    assert check_stock().ok
    transfers.receive(transfer, Arrival(6))
    assert values(mug) == {"Main store": 28, "In transit": 0, "Back room": 30}
    assert check_stock().ok


def test_all_of_it_on_the_way_is_nothing_to_post() -> None:
    mug = make_product(stock=6, cost=Decimal(5))
    transfers.sent((mug, 6))
    transit = Location.objects.in_transit().get()
    with pytest.raises(NothingToPost):
        correct(mug, "7")
    with pytest.raises(NothingToPost):
        correct(mug, "7", transit)


def test_no_stock_has_no_value() -> None:
    with pytest.raises(NothingToPost):
        correct(make_product(), "5")


def test_needs_a_reason() -> None:
    with pytest.raises(FieldRefused):
        correct(make_product(stock=1), "5", reason=" ")


@pytest.mark.parametrize("cost", ["-1", "99999999999"])
def test_no_ledger_could_hold_it(cost: str) -> None:
    with pytest.raises(InvalidLine):
        correct(make_product(stock=900), cost)


def test_a_product_that_is_gone() -> None:
    mug = make_product()
    Product.objects.all().delete()
    with pytest.raises(ProductGone):
        correct(mug, "5")
