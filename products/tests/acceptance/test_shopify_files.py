"""The facts of real Shopify files, where their folder stands beside the checkout.

`expected.json` counts by the platform's rules, before our decisions: see
docs/import-format.md. The six files have no repeated SKU and no negative quantity, so
nothing has to be adjusted; the test says so instead of assuming it.
"""

import csv
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.db.models import Sum

from products.exporting.products import ExportRequest
from products.exporting.registry import EXPORTS
from products.models import Product
from products.tests.acceptance.files import (
    FOLDER,
    expected,
    figures,
    import_data,
    import_file,
    needs_files,
)

FILES = sorted(FOLDER.glob("shopify_*/*.csv")) or [Path("missing")]
NAMES = [path.parent.name for path in FILES]

pytestmark = [pytest.mark.django_db, needs_files]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_the_facts_of_the_file_come_out(path):
    facts = expected(path)
    outcome = import_file(path)
    run = outcome.run

    assert facts["negative_quantity_variants"] == 0
    assert facts["duplicate_skus"]["rows"] == 0
    assert run.format == "shopify_products"
    assert run.delimiter == ","
    assert run.encoding == facts["encoding"].replace("ascii", "utf-8")
    assert run.size == facts["bytes"]
    assert run.record_count == facts["data_records"]
    assert run.created_count == Product.objects.count() == facts["sellable_variants"]
    assert run.refused_count == facts["rejected_count"]
    assert [each.record for each in outcome.findings.refused] == [
        each["record"] for each in facts["rejected"]
    ]
    sums = Product.objects.aggregate(
        price=Sum("price"), cost=Sum("cost"), on_hand=Sum("on_hand")
    )
    assert sums["price"] == Decimal(facts["sum_price"])
    assert (sums["cost"] or 0) == Decimal(facts["sum_cost"])
    assert sums["on_hand"] == Decimal(facts["sum_quantity"])
    assert Product.objects.exclude(cost=None).count() == facts["variants_with_cost"]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_names_groups_and_vendors_come_out(path):
    facts = expected(path)
    import_file(path)

    products = Product.objects.all()
    several = products.exclude(group=None).values("group").distinct().count()
    single = products.filter(group=None).count()
    assert several >= facts["handles_with_more_than_one_variant"]
    assert several + single == facts["distinct_handles"]
    assert single == facts["default_title_variants"]
    brands = sorted(set(products.values_list("brand__name", flat=True)))
    assert len(brands) == facts["distinct_vendors"]
    assert set(facts["vendors"]) <= set(brands)
    assert (
        products.exclude(barcode=None).count()
        == (facts["barcodes_with_valid_gtin_check_digit"])
    )


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_made_skus_and_lost_barcodes_are_told(path):
    facts = expected(path)
    notes = import_file(path).findings.notes
    made = [note for note in notes if "was made" in note.note]
    damaged = [note for note in notes if "rounded this barcode" in note.note]
    assert len(made) == facts["variants_without_sku"]
    assert len(damaged) == facts["barcodes"]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_dry_run_says_what_the_real_one_does(path):
    dry = import_file(path, is_dry_run=True)
    assert not Product.objects.exists()
    assert figures(dry) == figures(import_file(path))


@pytest.mark.parametrize("sets_stock", [False, True])
@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_the_second_import_changes_nothing(path, sets_stock):
    first = import_file(path).run
    second = import_file(path, sets_stock=sets_stock).run
    assert (second.created_count, second.changed_count) == (0, 0)
    assert second.unchanged_count == first.created_count
    assert second.refused_count == first.refused_count
    assert second.operation is None


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_what_came_in_goes_out_and_comes_back_unchanged(path):
    import_file(path)
    before = list(Product.objects.order_by("pk").values())
    request = ExportRequest(Product.objects.all(), with_cost=True)
    for code in ("shopify_products", "shopify_inventory"):
        run = import_data(
            b"".join(EXPORTS[code].write(request)),
            file_name="back.csv",
            sets_stock=True,
        ).run
        assert (run.format, run.refused_count) == (code, 0)
        assert (run.created_count, run.changed_count) == (0, 0)
        assert run.unchanged_count == run.record_count == len(before)
    assert list(Product.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_an_inventory_file_moves_each_variant_of_the_file_to_its_new_figure(path):
    import_file(path)
    products = Product.objects.all()
    request = ExportRequest(products, with_cost=False)
    text = b"".join(EXPORTS["shopify_inventory"].write(request)).decode()
    header, *rows = csv.reader(StringIO(text, newline=""))
    for row in rows:
        row[-1] = str(int(row[-2].replace("not stocked", "0")) + 1)
    edited = StringIO(newline="")
    csv.writer(edited).writerows([header, *rows])

    before = products.aggregate(sum=Sum("on_hand"))["sum"]
    run = import_data(
        edited.getvalue().encode(), file_name="back.csv", sets_stock=True
    ).run
    assert run.changed_count == run.record_count == products.count()
    assert products.aggregate(sum=Sum("on_hand"))["sum"] == before + len(rows)
    again = import_data(
        edited.getvalue().encode(), file_name="back.csv", sets_stock=True
    ).run
    assert (again.changed_count, again.operation) == (0, None)
