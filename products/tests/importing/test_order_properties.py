"""Any orders, in any overlapping files, in any sequence: each line is sold once."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from products.models import Operation, OrderLine, Product
from products.reports.stock_check import check_stock
from products.services.undo import undo_operation
from products.tabular.problems import UnreadableFileError
from products.tests.factories import by, make_product
from products.tests.importing.files import import_text
from products.tests.importing.order_files import line, order, text_of

STOCK = 1_000
SKUS = ("A", "B", "C")
LINE = st.tuples(st.sampled_from(SKUS), st.integers(1, 9), st.booleans())
LINES = st.lists(LINE, min_size=1, max_size=4)
SHOPS = st.lists(LINES, min_size=1, max_size=5)
STATES = st.sampled_from(["paid", "pending", "refunded", "voided"])
FILES = st.lists(st.tuples(st.integers(0, 4), STATES, st.randoms()), max_size=6)
STEPS = st.lists(st.one_of(FILES, st.just("undo")), min_size=1, max_size=6)

Sold = dict[int, str]
"""Order -> "sold" or "returned"."""


class TestAnyOrders(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(shop=SHOPS, steps=STEPS)
    def test_stock_is_what_was_there_less_what_is_sold(self, shop, steps):
        for sku in SKUS:
            make_product(sku=sku, name=f"Thing {sku}", stock=STOCK)
        known: Sold = {}
        done: list[tuple[Operation, Sold]] = []
        for step in steps:
            if step != "undo":
                before = dict(known)
                operation = self.import_file(shop, step, known)
                done += [(operation, before)] if operation else []
            elif done:
                operation, known = done.pop()
                undo_operation(operation_id=operation.pk, circumstances=by())
            self.check(shop, known)
        assert check_stock().ok

    def import_file(self, shop, step, known: Sold) -> Operation | None:
        records = []
        seen = set()
        for place, status, random in step:
            number = place % len(shop)
            if number in seen:
                continue
            seen.add(number)
            lines = [
                line("" if is_by_name else sku, units, f"Thing {sku}")
                for sku, units, is_by_name in shop[number]
            ]
            random.shuffle(lines)
            records.append(order(f"#{number}", *lines, financial_status=status))
            if status == "voided":
                known.update({number: "returned"} if number in known else {})
            else:
                known.setdefault(number, "sold")
        if not records:
            return None
        run = import_text(text_of(*records)).run
        assert run.refused_count == 0
        return run.operation

    def check(self, shop, known: Sold) -> None:
        expected = dict.fromkeys(SKUS, STOCK)
        for number, state in known.items():
            for sku, units, _by in shop[number] if state == "sold" else ():
                expected[sku] -= units
        assert dict(Product.objects.values_list("sku", "on_hand")) == expected


HEAD = (
    "Name,Created at,Financial Status,Cancelled at,Lineitem sku,Lineitem name,"
    "Lineitem quantity,Location\n"
)
PIECES = st.sampled_from(
    [
        *(",", ",,", '"', "\n", "\r\n", "#1", "#2", "A", "paid", "voided", "1", "-1"),
        *("2025-10-07 09:50:26 +0200", "1900-01-01 00:00Z", "2099-12-31 23:59 -0900"),
        *("Thing A", " - ", "1e5", "'", "=", "\u202e", "\x1b", "999999999999"),
    ]
)


class TestAnyCells(TestCase):
    @settings(max_examples=150, deadline=None)
    @given(cells=st.lists(PIECES, max_size=60).map("".join))
    def test_cells_are_posted_or_refused_one_by_one(self, cells):
        make_product(sku="A", name="Thing A", stock=5)
        try:
            run = import_text(HEAD + cells).run
        except UnreadableFileError:
            return
        assert run.created_count == OrderLine.objects.count()
        sold = sum(OrderLine.objects.values_list("quantity", flat=True))
        assert Product.objects.get().on_hand == 5 - sold
