"""services.stock: reason and direction, holds that let go, what it costs."""

import pytest
from pytest_django import DjangoAssertNumQueries

from products.errors import DocumentGone, InsufficientStock, InvalidLine, WrongState
from products.models import Hold, Operation, Product, StockMovement
from products.services.operations import Once
from products.services.reservations import Wanted, hold_stock
from products.services.stock import (
    BRINGS_IN,
    REASONS,
    TAKES_OUT,
    Place,
    adjust_stock,
    issue_stock,
)
from products.services.undo import undo_operation
from products.tests.factories import adjust, by, make_product, place_of, reload

pytestmark = pytest.mark.django_db
Kind = StockMovement.Kind


@pytest.mark.parametrize("kind", sorted(TAKES_OUT))
def test_what_takes_stock_away_adds_none(kind: StockMovement.Kind) -> None:
    product = make_product(stock=5)
    with pytest.raises(InvalidLine, match="takes stock away, but this would add 3"):
        adjust(product, 3, kind=kind)
    assert reload(product).on_hand == 5


@pytest.mark.parametrize("kind", sorted(BRINGS_IN))
def test_what_brings_stock_in_takes_none(kind: StockMovement.Kind) -> None:
    product = make_product(stock=5)
    with pytest.raises(
        InvalidLine, match="brings stock in, but this would take 3 away"
    ):
        adjust(product, -3, kind=kind)


def test_a_count_that_says_otherwise() -> None:
    product = make_product(stock=5)
    with pytest.raises(InvalidLine):
        adjust_stock(
            place=place_of(product), kind=Kind.LOST, counted=8, circumstances=by()
        )
    assert reload(product).on_hand == 5


@pytest.mark.parametrize("kind", sorted(set(REASONS) - BRINGS_IN - TAKES_OUT))
def test_the_others_go_both_ways(kind: StockMovement.Kind) -> None:
    product = make_product(stock=5)
    adjust(product, 3, kind=kind)
    adjust(product, -3, kind=kind)
    assert reload(product).on_hand == 5


class TestReleasing:
    def hold(self, product: Product, *quantities: int) -> list[int]:
        for quantity in quantities:
            hold_stock(wanted=[Wanted(product.pk, quantity)], circumstances=by())
        return list(product.holds.order_by("pk").values_list("pk", flat=True))

    def take(self, product: Product, units: int, releasing: list[int]) -> Operation:
        return adjust_stock(
            place=place_of(product),
            kind=Kind.DAMAGED,
            delta=-units,
            releasing=releasing,
            circumstances=by(),
        )

    def test_ends_the_chosen_holds_in_the_same_operation(self) -> None:
        product = make_product(stock=5)
        first, second = self.hold(product, 2, 2)
        operation = self.take(product, 3, [first])
        assert (reload(product).on_hand, reload(product).reserved) == (2, 2)
        states = dict(Hold.objects.values_list("pk", "state"))
        assert states == {first: "released", second: "open"}
        assert operation.document_changes.get().document_id == first

    def test_too_few_are_let_go(self) -> None:
        product = make_product(stock=5)
        first, _second = self.hold(product, 2, 2)
        with pytest.raises(InsufficientStock):
            self.take(product, 4, [first])
        assert reload(product).reserved == 4
        assert not Hold.objects.exclude(state="open").exists()

    def test_one_that_has_ended(self) -> None:
        product = make_product(stock=5)
        (hold,) = self.hold(product, 2)
        self.take(product, 4, [hold])
        with pytest.raises(WrongState):
            self.take(product, 1, [hold])

    def test_one_of_another_product(self) -> None:
        product = make_product(stock=5)
        holds = self.hold(make_product(stock=5), 2)
        with pytest.raises(InvalidLine):
            self.take(product, 1, holds)

    def test_one_that_never_was(self) -> None:
        with pytest.raises(DocumentGone):
            self.take(make_product(stock=5), 1, [999])

    def test_undone_it_is_held_again(self) -> None:
        product = make_product(stock=5)
        operation = self.take(product, 4, self.hold(product, 2))
        undo_operation(operation_id=operation.pk, circumstances=by())
        assert (reload(product).on_hand, reload(product).reserved) == (5, 2)


def test_less_than_one_is_no_sale() -> None:
    place = place_of(make_product(stock=5))
    with pytest.raises(InvalidLine, match="one unit or more"):
        issue_stock(place=place, quantity=0, circumstances=by())


class TestStatements:
    """Each is a round trip; the test's own transaction makes two of a savepoint."""

    @pytest.fixture
    def place(self) -> Place:
        return place_of(make_product(stock=5))

    def test_what_goes_out_is_six(
        self, place: Place, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(6 + 2):
            issue_stock(place=place, quantity=1, circumstances=by())

    def test_what_comes_in_also_shares_its_location(
        self, place: Place, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(7 + 2):
            adjust_stock(place=place, kind=Kind.FOUND, delta=1, circumstances=by())

    def test_a_key_costs_none(
        self, place: Place, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(6 + 2):
            issue_stock(place=place, quantity=1, circumstances=by(once=Once("k", {})))
