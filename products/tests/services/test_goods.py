"""services.goods: deliveries and sales, many lines in one operation."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from products.errors import (
    InsufficientStock,
    InvalidLine,
    KeyReused,
    NothingToPost,
    PeriodClosed,
    ProductGone,
)
from products.models import Location, Operation, Product, StockMovement
from products.services.closings import move_closing
from products.services.goods import (
    MOST_LINES,
    Received,
    Sold,
    receive_goods,
    sell_goods,
)
from products.services.operations import Once
from products.services.reservations import Wanted, hold_stock
from products.services.undo import undo_operation
from products.tests.factories import by, make_location, make_product, reload

pytestmark = pytest.mark.django_db


def here() -> int:
    return Location.objects.get_default().pk


def deliver(*lines: Received, **kwargs: object) -> Operation:
    return receive_goods(lines=lines, location_id=here(), circumstances=by(**kwargs))


def sell(*lines: Sold, found: dict[int, int] | None = None, **kwargs) -> Operation:
    return sell_goods(
        lines=lines, location_id=here(), found=found or {}, circumstances=by(**kwargs)
    )


def hold(product: Product, quantity: int) -> None:
    hold_stock(wanted=[Wanted(product.pk, quantity)], circumstances=by())


def moves(operation: Operation) -> list[tuple[str, str, int]]:
    rows = operation.movements.order_by("product_id", "sequence")
    return list(rows.values_list("sku", "kind", "delta"))


class TestReceives:
    def test_many_lines_as_one_operation(self) -> None:
        mug, cup = make_product(sku="MUG", stock=2), make_product(sku="CUP")
        operation = deliver(
            Received(mug.pk, 5), Received(cup.pk, 3), reference="Note 4711"
        )
        assert operation.kind == Operation.Kind.STOCK_RECEIVED
        assert operation.reference == "Note 4711"
        assert moves(operation) == [("MUG", "received", 5), ("CUP", "received", 3)]
        assert (reload(mug).on_hand, reload(cup).on_hand) == (7, 3)

    def test_each_line_at_its_cost(self) -> None:
        mug, cup = make_product(), make_product(cost=Decimal(7))
        deliver(Received(mug.pk, 4, Decimal("2.50")), Received(cup.pk, 2))
        assert mug.levels.get().value == 10
        assert cup.levels.get().value == 14

    def test_two_lines_of_one_product_add_up(self) -> None:
        mug = make_product(sku="MUG")
        operation = deliver(Received(mug.pk, 4), Received(mug.pk, 3))
        assert moves(operation) == [("MUG", "received", 7)]

    def test_two_lines_with_two_costs_are_worth_both(self) -> None:
        mug = make_product()
        operation = deliver(
            Received(mug.pk, 4, Decimal(1)), Received(mug.pk, 3, Decimal(2))
        )
        assert operation.movements.count() == 2
        assert mug.levels.get().value == 10

    def test_at_its_business_date(self) -> None:
        mug = make_product(circumstances=by(now=timezone.now() - timedelta(days=9)))
        friday = timezone.now() - timedelta(days=3)
        movement = deliver(Received(mug.pk, 1), effective_at=friday).movements.get()
        assert movement.effective_at == friday
        assert movement.is_backdated

    def test_undone_as_a_whole(self) -> None:
        mug, cup = make_product(), make_product()
        operation = deliver(Received(mug.pk, 5), Received(cup.pk, 3))
        undo_operation(operation_id=operation.pk, circumstances=by())
        assert reload(mug).on_hand == reload(cup).on_hand == 0

    def test_once(self) -> None:
        mug = make_product()
        once = Once("the form", {"quantity": 5})
        answers = [deliver(Received(mug.pk, 5), once=once) for _click in range(2)]
        assert answers[0] == answers[1]
        assert reload(mug).on_hand == 5
        with pytest.raises(KeyReused):
            deliver(Received(mug.pk, 5), once=Once("the form", {"quantity": 6}))

    def test_a_fixed_number_of_statements(
        self, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        products = [make_product() for _number in range(30)]
        with django_assert_max_num_queries(12):
            deliver(*(Received(product.pk, 1) for product in products))


class TestSells:
    def test_many_lines_as_one_operation(self) -> None:
        mug, cup = make_product(sku="MUG", stock=5), make_product(sku="CUP", stock=9)
        operation = sell(Sold(cup.pk, 2), Sold(mug.pk, 5), reference="Receipt 9")
        assert operation.kind == Operation.Kind.STOCK_ISSUED
        assert moves(operation) == [("MUG", "sold", -5), ("CUP", "sold", -2)]

    def test_names_every_short_line_and_takes_nothing(self) -> None:
        mug, cup = make_product(sku="MUG", stock=5), make_product(sku="CUP", stock=1)
        tea = make_product(sku="TEA", stock=9)
        with pytest.raises(InsufficientStock) as refusal:
            sell(Sold(mug.pk, 6), Sold(tea.pk, 1), Sold(cup.pk, 3))
        shorts = [
            (short.product_id, short.wanted, short.available, short.missing)
            for short in refusal.value.shorts
        ]
        assert shorts == [(mug.pk, 6, 5, 1), (cup.pk, 3, 1, 2)]
        assert reload(tea).on_hand == 9
        assert not Operation.objects.filter(kind="stock_issued").exists()

    def test_two_lines_of_one_product_add_up(self) -> None:
        mug = make_product(stock=5)
        with pytest.raises(InsufficientStock) as refusal:
            sell(Sold(mug.pk, 3), Sold(mug.pk, 3))
        assert refusal.value.shorts[0].wanted == 6

    def test_only_what_is_at_the_location(self) -> None:
        mug = make_product(stock=5, location=make_location())
        with pytest.raises(InsufficientStock):
            sell(Sold(mug.pk, 1))


class TestFoundAndSold:
    def test_in_one_operation_each_with_its_reason(self) -> None:
        mug = make_product(sku="MUG", cost=Decimal(2))
        operation = sell(Sold(mug.pk, 1), found={mug.pk: 1})
        assert moves(operation) == [("MUG", "found", 1), ("MUG", "sold", -1)]
        assert [m.value_delta for m in operation.movements.order_by("sequence")] == [
            2,
            -2,
        ]
        assert reload(mug).on_hand == 0

    def test_only_as_many_as_are_missing(self) -> None:
        mug = make_product(sku="MUG", stock=3)
        operation = sell(Sold(mug.pk, 5), found={mug.pk: 100})
        assert moves(operation) == [("MUG", "found", 2), ("MUG", "sold", -5)]

    def test_none_where_none_is_missing(self) -> None:
        mug = make_product(sku="MUG", stock=5)
        operation = sell(Sold(mug.pk, 5), found={mug.pk: 2})
        assert moves(operation) == [("MUG", "sold", -5)]

    def test_fewer_than_are_missing_by_now(self) -> None:
        mug = make_product(stock=2)
        with pytest.raises(InsufficientStock) as refusal:
            sell(Sold(mug.pk, 5), found={mug.pk: 2})
        assert refusal.value.shorts[0].missing == 3

    def test_held_is_not_missing(self) -> None:
        mug = make_product(stock=4)
        hold(mug, 3)
        with pytest.raises(InsufficientStock) as refusal:
            sell(Sold(mug.pk, 2), found={mug.pk: 2})
        short = refusal.value.shorts[0]
        assert (short.available, short.held, short.missing) == (1, 3, 0)
        assert reload(mug).reserved == 3

    def test_what_is_held_stays_held_even_when_some_are_missing(self) -> None:
        mug = make_product(stock=3)
        hold(mug, 3)
        with pytest.raises(InsufficientStock):
            sell(Sold(mug.pk, 4), found={mug.pk: 4})

    def test_the_others_are_still_named(self) -> None:
        mug, cup = make_product(sku="MUG"), make_product(sku="CUP")
        with pytest.raises(InsufficientStock) as refusal:
            sell(Sold(mug.pk, 1), Sold(cup.pk, 1), found={mug.pk: 1})
        assert [short.sku for short in refusal.value.shorts] == ["CUP"]
        assert not StockMovement.objects.exists()

    def test_undone_both(self) -> None:
        mug = make_product(stock=1)
        operation = sell(Sold(mug.pk, 3), found={mug.pk: 2})
        undo_operation(operation_id=operation.pk, circumstances=by())
        assert reload(mug).on_hand == 1


@pytest.mark.parametrize(
    ("post", "line"), [(deliver, Received), (sell, Sold)], ids=["receive", "sell"]
)
class TestRefuses:
    def test_no_line(self, post, line) -> None:
        with pytest.raises(NothingToPost):
            post()

    @pytest.mark.parametrize("quantity", [0, -1])
    def test_no_units(self, post, line, quantity) -> None:
        with pytest.raises(InvalidLine):
            post(line(make_product(stock=1).pk, quantity))

    def test_more_lines_than_a_document_takes(self, post, line) -> None:
        lines = [line(1, 1)] * (MOST_LINES + 1)
        with pytest.raises(InvalidLine, match="2,000 lines at most"):
            post(*lines)

    def test_a_day_in_a_closed_period(self, post, line) -> None:
        mug = make_product(stock=5)
        week_ago = timezone.now() - timedelta(days=7)
        move_closing(
            through=timezone.localdate(week_ago), reason="VAT", author=by().author
        )
        with pytest.raises(PeriodClosed):
            post(line(mug.pk, 1), effective_at=week_ago)
        assert reload(mug).on_hand == 5

    def test_a_product_that_is_gone(self, post, line) -> None:
        mug = make_product(stock=5)
        with pytest.raises(ProductGone):
            post(line(mug.pk, 1), line(999_999, 1))
        assert reload(mug).on_hand == 5
