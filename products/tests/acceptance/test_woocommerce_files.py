"""The facts of real WooCommerce files, where their folder stands beside the checkout.

`expected.json` counts by the platform's rules, before our decisions: see
docs/import-format.md. None of the files repeats a SKU, keeps stock on a variable
product or has a negative quantity, so nothing has to be adjusted; the tests say so
instead of assuming it.
"""

from decimal import Decimal
from pathlib import Path

import pytest
from django.db.models import Sum

from products.models import Category, Product
from products.services.references import CategoryPaths
from products.tests.acceptance.files import (
    FOLDER,
    expected,
    figures,
    import_file,
    needs_files,
)

FILES = sorted(FOLDER.glob("woo_*/*.csv")) or [Path("missing")]
NAMES = [path.parent.name for path in FILES]

pytestmark = [pytest.mark.django_db, needs_files]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_the_facts_of_the_file_come_out(path):
    facts = expected(path)
    run = import_file(path).run

    assert facts["duplicate_skus"]["rows"] == 0
    assert facts["sum_stock_all_records"] == facts["sum_stock_sellable"]
    assert run.format == "woocommerce"
    assert run.delimiter == ","
    assert run.encoding == (
        "utf-8-sig" if facts["encoding"].endswith("BOM") else "utf-8"
    )
    assert run.size == facts["bytes"]
    assert run.record_count == facts["data_records"]
    sellable = facts["sellable_variants_simple_plus_variation"]
    assert sellable == facts["sellable_without_orphans"]
    assert run.created_count == Product.objects.count() == sellable
    assert run.refused_count == facts["rejected_count"] == 0
    sums = Product.objects.aggregate(price=Sum("price"), on_hand=Sum("on_hand"))
    assert sums["price"] == Decimal(facts["sum_regular_price_sellable"])
    assert sums["on_hand"] == Decimal(facts["sum_stock_sellable"])
    without = Product.objects.filter(price=None).count()
    assert without == facts["sellable_without_regular_price"]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_groups_are_the_variable_products(path):
    facts = expected(path)
    import_file(path)
    types = facts["records_by_main_type"]
    variants = Product.objects.exclude(group=None)
    groups = variants.values("group").distinct().count()
    assert groups == facts["variable_products_with_variations_in_file"]
    assert groups == types["variable"] - facts["variable_products_without_any"]
    assert variants.count() == types["variation"]
    assert Product.objects.filter(group=None).count() == types["simple"]
    assert not variants.exclude(group__option3_name="").exists()


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_what_is_left_out_is_told(path):
    facts = expected(path)
    notes = import_file(path).findings.notes
    types = facts["records_by_main_type"]
    left = [note for note in notes if note.value in {"grouped", "external"}]
    assert len(left) == types["grouped"] + types["external"]
    made = [note for note in notes if "was made" in note.note]
    without_sku = facts["records_without_sku"]
    assert len(made) == (2 if path.parent.name == "woo_importer_sample" else 0)
    assert bool(made) == bool(without_sku)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_the_categories_of_what_is_stocked_are_made(path):
    facts = expected(path)
    import_file(path)
    tree = CategoryPaths()
    made = {
        " > ".join(tree.path_of(pk))
        for pk in Category.objects.values_list("pk", flat=True)
    }
    only_external = {"Software", "Donation", "Decor"}
    assert made == set(facts["category_paths"]) - only_external


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
