"""What is on hand of each variant, by location; products are never made of it."""

import pytest

from products.importing.findings import Findings
from products.importing.registry import FORMATS
from products.importing.rows import ProductRow
from products.importing.shopify_inventory import FORMAT, NOT_STOCKED
from products.models import Location, Product, StockLevel
from products.tabular.problems import ColumnsError
from products.tabular.reading import Record
from products.tests.factories import make_location, make_product
from products.tests.importing.files import counts, import_text, product, refused

pytestmark = pytest.mark.django_db

KEYS = (
    "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,"
    "Option3 Value,SKU,HS Code,COO,"
)
NOW = (
    f"{KEYS}Location,Bin name,Incoming (not editable),Unavailable (not editable),"
    "Committed (not editable),Available (not editable),On hand (current),"
    "On hand (new)\n"
)
IN_2023 = f"{KEYS}Location,Incoming,Unavailable,Committed,Available,On hand\n"
BY_COLUMN = f"{KEYS}Main,Back room\n"


def record(
    handle: str = "tee",
    option: str = "S",
    sku: str = "",
    location: str = "Main",
    *,
    new: str = "",
) -> str:
    return f"{handle},,Size,{option},,,,,{sku},,,{location},A-1,9,9,9,9,9,{new}\n"


def read(text: str) -> tuple[list[ProductRow], Findings]:
    header, *lines = (line.split(",") for line in text.splitlines())
    columns = FORMAT.match(header)
    assert FORMAT.fits(columns)
    findings = Findings(columns.title)
    records = [Record(number, tuple(line)) for number, line in enumerate(lines, 2)]
    return list(FORMAT.read(records, columns, findings)), findings


def make_tees() -> None:
    import_text(
        "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty\n"
        "tee,T-shirt,Size,S,TEE-S,5\ntee,,,M,,3\nhat,Hat,Title,Default Title,,2\n"
    )


def on_hand(sku: str, code: str = "MAIN") -> int:
    level = StockLevel.objects.filter(product__sku=sku, location__code=code).first()
    return level.on_hand if level else 0


class TestReading:
    def test_todays_layout(self):
        (row,), findings = read(NOW + record(sku="TEE-S", new="7"))
        assert row.updates_only
        assert row.values == {}
        assert (row.sku, row.is_sku_made) == ("TEE-S", False)
        assert row.found_by == ("tee", "S", "", "")
        assert row.stock == {"Main": 7}
        assert not findings.refused

    def test_the_layout_of_2023(self):
        (row,), _ = read(f"{IN_2023}tee,,Size,S,,,,,,,,Main,1,2,3,4,9\n")
        assert row.stock == {"Main": 9}
        assert (row.sku, row.is_sku_made) == ("TEE-S", True)

    def test_a_column_for_each_location(self):
        (row,), _ = read(f"{BY_COLUMN}tee,,Size,S,,,,,,,,4,\n")
        assert row.stock == {"Main": 4}

    @pytest.mark.parametrize("word", [NOT_STOCKED, "Not stocked", "NOT STOCKED"])
    def test_not_stocked_is_nothing_there_and_a_blank_no_change(self, word):
        rows, _ = read(NOW + record(new=word) + record(new=""))
        assert [row.stock for row in rows] == [{"Main": 0}, {}]

    def test_the_only_variant_has_no_options(self):
        (row,), _ = read(NOW + record("hat", "Default Title", new="1"))
        assert row.found_by == ("hat", "", "", "")
        assert row.sku == "HAT"

    def test_a_sku_of_several_variants_names_only_the_first(self):
        text = NOW + record(sku="A") + record(option="M", sku="a") + record(sku="A")
        rows, _ = read(text)
        assert [(row.sku, row.is_sku_made) for row in rows] == [
            ("A", False),
            ("TEE-M", True),
            ("A", False),
        ]

    def test_what_can_not_be_read_is_refused(self):
        text = NOW + "".join(
            [
                record(handle="", new="1"),
                record(location="", new="1"),
                record(location="x" * 121, new="1"),
                record(new="1.5"),
                record(new="many"),
            ]
        )
        rows, findings = read(text)
        assert not rows
        assert [(each.record, each.column) for each in findings.refused] == [
            (2, "Handle"),
            (3, "Location"),
            (4, "Location"),
            (5, "On hand (new)"),
            (6, "On hand (new)"),
        ]

    def test_a_damaged_sku_costs_the_cell_only(self):
        (row,), findings = read(NOW + record(sku="#REF!", new="1"))
        assert (row.sku, row.is_sku_made) == ("TEE-S", True)
        assert [note.column for note in findings.notes] == ["SKU"]


class TestKnowing:
    @pytest.mark.parametrize("header", [NOW, IN_2023, BY_COLUMN])
    def test_each_layout_is_found_out(self, header):
        make_location()
        line = f"{'tee,,Size,S,,,,,,,,Main' + ',' * 7}\n"
        cut = ",".join(line.strip().split(",")[: header.count(",") + 1])
        assert import_text(f"{header}{cut}\n").run.format == "shopify_inventory"

    def test_products_with_unknown_columns_are_no_inventory(self):
        header = f"{KEYS}Vendor,Main\n".strip().split(",")
        assert not FORMAT.fits(FORMAT.match(header))
        assert FORMATS["shopify_products"].fits(
            FORMATS["shopify_products"].match(header)
        )

    def test_a_header_that_no_location_can_have_is_not_read(self):
        header = f"{BY_COLUMN.strip()},{'x' * 121}".split(",")
        assert FORMAT.match(header).unknown == ("HS Code", "COO", "x" * 121)

    def test_two_columns_of_one_meaning_are_refused(self):
        with pytest.raises(ColumnsError, match="mean the same"):
            FORMAT.match([*NOW.strip().split(","), "On hand"])


class TestImporting:
    @pytest.mark.parametrize(("sets_stock", "told"), [(False, 1), (True, 0)])
    def test_the_file_says_once_that_it_brings_stock_only(self, sets_stock, told):
        text = NOW + record() + record(option="M")
        found = import_text(text, sets_stock=sets_stock).findings.notes
        assert sum("brings stock only" in each.note for each in found) == told

    def test_no_location_is_made_for_stock_that_is_left_alone(self):
        make_product(sku="TEE-S")
        run = import_text(NOW + record(sku="TEE-S", location="Loft", new="1")).run
        assert run.report["locations"]["count"] == 0

    def test_without_the_tick_nothing_moves(self):
        make_tees()
        outcome = import_text(NOW + record(new="9"))
        assert counts(outcome) == (0, 0, 1, 0)
        assert on_hand("TEE-S") == 5

    def test_with_the_tick_the_difference_is_posted_where_it_belongs(self):
        make_tees()
        make_location()
        text = (
            NOW
            + record(new="9")
            + record(location="back", new="4")
            + record(option="M", location="MAIN", new="not stocked")
            + record("hat", "Default Title", new="")
        )
        outcome = import_text(text, sets_stock=True)
        assert counts(outcome) == (0, 3, 1, 0)
        assert (on_hand("TEE-S"), on_hand("TEE-S", "BACK")) == (9, 4)
        assert (on_hand("TEE-M"), on_hand("HAT")) == (0, 2)
        assert counts(import_text(text, sets_stock=True)) == (0, 0, 4, 0)

    def test_columns_of_locations_move_them_all(self):
        make_tees()
        make_location()
        text = f"{BY_COLUMN}tee,,Size,S,,,,,,,,1,2\ntee,,Size,M,,,,,,,,,not stocked\n"
        assert counts(import_text(text, sets_stock=True)) == (0, 1, 1, 0)
        assert (on_hand("TEE-S"), on_hand("TEE-S", "BACK")) == (1, 2)
        assert on_hand("TEE-M") == 3

    def test_an_unknown_variant_is_refused_and_never_made(self):
        make_tees()
        before = Product.objects.count()
        outcome = import_text(NOW + record(option="XL", new="1"), sets_stock=True)
        assert refused(outcome) == [
            (
                2,
                "SKU",
                "The shop has no such product, and this kind of file makes none.",
            )
        ]
        assert Product.objects.count() == before

    def test_the_same_variant_and_location_twice_refuses_the_later(self):
        make_tees()
        text = NOW + record(new="1") + record(location="MAIN", new="2")
        outcome = import_text(text, sets_stock=True)
        assert counts(outcome) == (0, 1, 0, 1)
        assert refused(outcome)[0][0] == 3
        assert on_hand("TEE-S") == 1

    def test_an_unknown_location_is_made_or_refused(self):
        make_tees()
        text = NOW + record(location="Annex", new="1")
        strict = import_text(text, sets_stock=True, is_strict=True)
        assert counts(strict) == (0, 0, 0, 1)
        assert counts(import_text(text, sets_stock=True)) == (0, 1, 0, 0)
        annex = Location.objects.get(name="Annex")
        assert on_hand("TEE-S", annex.code) == 1

    def test_a_variant_is_found_by_its_options_before_a_sku_that_others_share(self):
        make_tees()
        Product.objects.filter(sku="TEE-M").update(sku="OWN", sku_key="own")
        text = NOW + record(option="M", sku="TEE-S", new="8")
        import_text(text, sets_stock=True)
        assert (on_hand("OWN"), on_hand("TEE-S")) == (8, 5)

    def test_a_product_that_has_no_group_here_is_found_by_its_sku(self):
        make_product(sku="cap-1", stock=1)
        import_text(NOW + record("cap", "Blue", "CAP-1", new="6"), sets_stock=True)
        assert product("cap-1").on_hand == 6

    def test_oversold_is_nothing_on_hand(self):
        make_tees()
        outcome = import_text(NOW + record(new="-2"), sets_stock=True)
        assert on_hand("TEE-S") == 0
        assert "-2 can't be stock" in outcome.findings.notes[-1].note
