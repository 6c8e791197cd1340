"""Shopify's orders: what a line says, what of it is kept, and what is refused."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from products.models import (
    ImportFinding,
    ImportRow,
    ImportRun,
    OrderLine,
)
from products.tests.factories import make_product, reload
from products.tests.importing.files import counts, import_text, notes, refused
from products.tests.importing.order_files import (
    BUYER,
    SOLD_AT,
    import_orders,
    line,
    order,
    postings,
    sold,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug():
    return make_product(sku="MUG", name="Mug", stock=10, cost=4)


def test_a_number_on_the_first_line_only_is_enough(mug):
    records = order("#1001", line(), line(quantity=2))
    for record in records[1:]:
        record["Name"] = record["Created at"] = ""
    assert counts(import_orders(records)) == (2, 0, 0, 0)
    assert reload(mug).on_hand == 7


@pytest.mark.parametrize(
    ("quantity", "reason"),
    [
        ("", "A sale needs one unit or more."),
        ("0", "A sale needs one unit or more."),
        ("-2", "A sale needs one unit or more."),
        ("1.5", "Not a whole number."),
        ("two", "Not a number."),
    ],
)
def test_a_quantity_that_is_no_sale_is_refused(mug, quantity, reason):
    outcome = import_orders(order("#1001", line(quantity=quantity), line()))
    assert refused(outcome) == [(2, "Lineitem quantity", reason)]
    assert sold() == [("MUG", -1)]


@pytest.mark.parametrize(
    "text",
    ["07/10/2025 09:50", "2025-10-07 09:50:26", "2025-02-31 09:50:26 +0200", "45937"],
)
def test_a_time_that_a_spreadsheet_damaged_refuses_the_whole_order(mug, text):
    outcome = import_orders(order("#1001", line(), line(), at=text))
    assert refused(outcome) == [
        (2, "Created at", "Not a time with its offset."),
        (3, "Name", "Row 2, the first line of this order, can't be read."),
    ]


def test_an_order_that_stands_twice_in_a_file_is_posted_once(mug):
    make_product(sku="CUP", stock=5)
    twice = order("#1001", line(), line("CUP"))
    outcome = import_orders(twice, order("#1002"), twice)
    assert [number for number, _, _ in refused(outcome)] == [5, 6]
    assert "Row 2 begins this order" in refused(outcome)[0][2]
    assert sold() == [("CUP", -1), ("MUG", -1), ("MUG", -1)]


def test_lines_whose_first_line_is_not_there_are_refused(mug):
    records = order("#1001", line(), line())
    outcome = import_orders(records[1:], order("#1002"))
    assert refused(outcome)[0][2].startswith("The first line of order #1001")
    assert [name for name, *_rest in postings()] == ["#1002"]


def test_a_refund_keeps_the_sale_and_is_noted(mug):
    outcome = import_orders(
        order("#1001", financial_status="refunded"),
        order("#1002", financial_status="partially_refunded"),
    )
    assert [column for _, column, _ in notes(outcome)] == ["Financial Status"] * 2
    assert reload(mug).on_hand == 8


def test_nothing_about_the_buyer_is_kept(mug):
    outcome = import_orders(
        order("#1001", line("FEE"), line()),
        order("#1002", line(quantity=99)),
    )
    run = ImportRun.objects.get(pk=outcome.run.pk)
    kept = [run.report, *ImportRow.objects.values_list("plan", "sku", "name")]
    kept += list(ImportFinding.objects.values_list())
    kept += list(OrderLine.objects.values_list())
    said = repr(kept)
    for text in BUYER.values():
        assert text not in said
        assert repr(text)[1:-1] not in said


def test_a_refused_line_can_be_mended_and_sent_again(mug):
    outcome = import_orders(order("#1001", line(), line("CUP", 2)))
    header = outcome.run.report["header"]
    cells = ImportRow.objects.get(outcome="refused").plan["cells"]
    kept = {title: cell for title, cell in zip(header, cells, strict=True) if cell}
    assert kept == {
        "Name": "#1001",
        "Created at": SOLD_AT,
        "Financial Status": "paid",
        "Lineitem sku": "CUP",
        "Lineitem name": "Mug",
        "Lineitem quantity": "2",
    }
    make_product(sku="CUP", stock=2)
    mended = ",".join(header) + "\n" + ",".join(cells) + "\n"
    assert counts(import_text(mended)) == (1, 0, 0, 0)
    assert counts(import_orders(order("#1001", line(), line("CUP", 2)))) == (0, 0, 2, 0)


def test_of_a_record_whose_cells_have_shifted_nothing_is_kept(mug):
    text = text_of(order("#1001"))
    outcome = import_text(text + "#1002,a,b" + ",c" * 60 + "\n")
    assert counts(outcome) == (1, 0, 0, 1)
    row = ImportRow.objects.get(outcome="refused")
    assert not any(row.plan["cells"])


def test_a_file_without_cancellations_is_no_orders_file(mug):
    text = text_of(order("#1001")).replace("Cancelled at", "Was cancelled")
    with pytest.raises(Exception, match="needs the columns Cancelled at"):
        import_text(text, format_code="shopify_orders")


def test_the_command_prints_what_it_did(mug, tmp_path):
    file = tmp_path / "orders_export.csv"
    file.write_text(text_of(order("#1001", line(quantity=3), line("FEE"))))
    out = StringIO()
    with pytest.raises(CommandError, match="1 of 2 rows were refused"):
        call_command("import_products", file, "--format", "shopify_orders", stdout=out)
    assert "orders_export.csv: Shopify orders, UTF-8, comma, 2 rows" in (out.getvalue())
    assert reload(mug).on_hand == 7
