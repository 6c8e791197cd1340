"""What explains a figure adds up to it, whatever has happened to the product."""

from decimal import Decimal
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from products.errors import InventoryError
from products.models import Hold, Location, Operation, StockMovement
from products.models.stored import to_decimal
from products.reports.explaining import quantity_steps, sums_by_kind, values_by_place
from products.services.reservations import (
    Wanted,
    fulfil_holds,
    hold_stock,
    release_holds,
)
from products.services.transfer_lines import Arrival
from products.services.undo import undo_operation
from products.tests import transfers
from products.tests.factories import adjust, by, make_product, receive, reload
from products.views.explaining import (
    sum_available,
    sum_held,
    sum_in_transit,
    sum_on_hand,
    sum_value,
)

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["receive", "take", "hold", "release", "fulfil", "send", "arrive", "undo"]
        ),
        st.integers(1, 6),
        st.booleans(),
    ),
    max_size=14,
)
_costs = count(1)


class TestRandomHistories(TestCase):
    @given(steps=STEPS)
    @settings(max_examples=40)
    def test_parts_add_up(self, steps):
        product = make_product(stock=3, cost=Decimal("1.3333"))
        back = transfers.back_room()
        for verb, units, elsewhere in steps:
            place = back if elsewhere else Location.objects.get_default()
            try:
                self.do(verb, units, product, place)
            except InventoryError:
                continue  # there was not enough of it
        self.check(reload(product))

    def do(self, verb, units, product, place):
        holds = Hold.objects.open().filter(product=product).values_list("pk", flat=True)
        wanted = [Wanted(product.pk, units)]
        cost = Decimal(next(_costs) % 97) / 7
        {
            "receive": lambda: receive(
                product, units, cost=f"{cost:.6f}", location=place
            ),
            "take": lambda: adjust(product, -units, location=place),
            "hold": lambda: hold_stock(wanted=wanted, circumstances=by()),
            "release": lambda: release_holds(hold_ids=holds[:1], circumstances=by()),
            "fulfil": lambda: fulfil_holds(hold_ids=holds[:1], circumstances=by()),
            "send": lambda: transfers.sent((product, units)),
            "arrive": lambda: self.arrive(product),
            "undo": self.undo,
        }[verb]()

    def undo(self):
        newest = Operation.objects.exclude(kind="product_added").first()
        if newest:
            undo_operation(operation_id=newest.pk, circumstances=by())

    def arrive(self, product):
        lines = product.transfer_lines.filter(transfer__state__in=["sent", "partial"])
        if line := lines.select_related("transfer").first():
            transfers.receive(line.transfer, Arrival(received=1))

    def check(self, product):
        pk = product.pk
        for by_place in (True, False):
            on_hand, _places = sum_on_hand(pk, by_place=by_place)
            value, _places = sum_value(pk, by_place=by_place)
            shown = [on_hand, sum_held(pk, by_place=by_place), sum_in_transit(pk)]
            shown.append(sum_available(pk, by_place=by_place))
            assert [each.amount for each in shown] == [
                product.on_hand,
                product.reserved,
                product.in_transit,
                product.available,
            ]
            levels = product.levels.filter(location__kind=Location.Kind.STOCK)
            assert value.amount == sum(level.value for level in levels)
            for each in [*shown, value]:
                self.check_as_written(each)
        self.check_steps(pk)

    def check_as_written(self, answer):
        """The numbers on the page add up, not only those behind them."""
        lines = list(answer.lines())
        totals = [number(line["text"]) for line in lines if "is_part" not in line]
        assert sum(totals) == number(answer.written)
        total, parts = None, []
        for line in [*lines, {"text": "0", "end": True}]:
            if "is_part" in line:
                parts.append(number(line["text"]))
                continue
            assert not parts or abs(total) == sum(parts)
            total, parts = number(line["text"]), []

    def check_steps(self, pk):
        for place in sums_by_kind(pk):
            steps = quantity_steps(pk, place.location_id, until=place.last)
            newest = steps.order_by("-pk").first()
            assert newest.balance_after == place.units
        for place in values_by_place(pk):
            chain = StockMovement.objects.filter(
                product_id=pk, location_id=place.location_id
            )
            changes = [to_decimal(m.value_delta) for m in chain]
            assert sum(changes, Decimal(0)) == place.value


def number(text):
    """The number in "€1,234.50" or "−3"."""
    plain = str(text).replace("−", "-").replace(",", "").replace("€", "")
    return Decimal(plain)
