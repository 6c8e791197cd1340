"""Any table, read by the names that somebody gave its columns."""

from decimal import Decimal
from io import BytesIO

import pytest

from products.importing.naming import UnnamedColumnsError, remember
from products.importing.request import ImportRequest, open_file
from products.models import Location, Product
from products.tabular.problems import UnreadableFileError
from products.tests.factories import make_location, make_product
from products.tests.importing.files import counts, import_text, notes, product, refused

pytestmark = pytest.mark.django_db

GERMAN = "Artikelnummer;Titel;Preis;Farbe\nA;Becher;12,90;blau\nB;Tasse;1.234,50;rot\n"
HEADER = ["Artikelnummer", "Titel", "Preis", "Farbe"]


def asking(text: str, **kwargs):
    request = ImportRequest(
        stream=BytesIO(text.encode()),
        file_name="list.csv",
        location=Location.objects.get_default(),
        **kwargs,
    )
    return open_file(request, asks_person=True)


def named(columns) -> dict[str, tuple[str, str]]:
    return {column.title: (column.name, column.why) for column in columns}


def test_a_table_is_read_by_its_mapping():
    outcome = import_text(
        GERMAN, mapping={"artikelnummer": "sku", "Titel": "name", "Preis": "price"}
    )
    assert counts(outcome) == (2, 0, 0, 0)
    assert outcome.run.format == "table"
    assert (product("A").name, product("A").price) == ("Becher", Decimal("12.90"))
    assert product("B").price == Decimal("1234.50")


def test_forced_it_is_read_by_its_headers():
    outcome = import_text(GERMAN, format_code="table")
    assert product("A").name == "Becher"
    assert outcome.run.report["columns"][1] == {
        "title": "Titel",
        "field": "name",
        "why": "name",
        "samples": ["Becher", "Tasse"],
    }


def test_what_is_asked_for_goes_before_a_guess():
    import_text(GERMAN, mapping={"Farbe": "name"})
    assert product("A").name == "blau"


def test_a_column_can_be_left_out():
    outcome = import_text(GERMAN, mapping={"Preis": ""})
    assert product("A").price is None
    assert [note.value for note in outcome.findings.notes if not note.column] == [
        "Preis, Farbe"
    ]


def test_the_mapping_of_the_last_file_with_this_header_is_used():
    remember(
        HEADER, {"Artikelnummer": "sku", "Farbe": "name", "Titel": "", "Preis": ""}
    )
    outcome = import_text(GERMAN.replace("Titel", "TITEL "))
    assert outcome.run.format == "table"
    assert product("A").name == "blau"
    assert {it["why"] for it in outcome.run.report["columns"]} == {"remembered"}


def test_another_order_of_columns_is_another_header():
    remember(list(reversed(HEADER)), {"Artikelnummer": "sku", "Farbe": "name"})
    with pytest.raises(UnreadableFileError, match="columns of this file are not known"):
        import_text(GERMAN)


def test_a_forced_format_does_not_look_at_what_is_remembered():
    remember(["sku", "name"], {"sku": "sku", "name": ""})
    text = "sku,name\nA,Mug\n"
    assert import_text(text, format_code="native").run.format == "native"


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"Titel": "name", "Artikelnummer": ""}, "Say which column holds the SKU"),
        ({"Titel": "name", "Farbe": "name"}, "“Titel” and “Farbe” mean the same"),
        ({"Preis": "weight", "Farbe": "weight_kg"}, "Two columns hold the weight"),
        ({"Colour": "name"}, "no column “Colour”. It has: Artikelnummer, Titel"),
    ],
)
def test_a_mapping_that_can_not_be_right_is_refused(mapping, said):
    with pytest.raises(UnreadableFileError, match=said):
        import_text(GERMAN, mapping=mapping)


def test_of_equal_headers_the_first_is_read():
    import_text("SKU,Titel,Titel\nA,Mug,Cup\n", mapping={"Titel": "name", "SKU": "sku"})
    assert product("A").name == "Mug"


def test_kilograms_are_taken_as_grams():
    text = "SKU;Name;Gewicht kg\nA;Mug;0,35\nB;Cup;1,2345678\nC;Jug;\nD;Pot;-1\n"
    outcome = import_text(text, format_code="table")
    assert refused(outcome) == [(5, "Gewicht kg", "Below zero.")]
    weights = [product(sku).weight for sku in "ABC"]
    assert weights == [Decimal(350), Decimal("1234.568"), None]
    assert counts(import_text(text, format_code="table"))[:3] == (0, 0, 3)


def test_a_cell_can_list_stock_by_location():
    back = make_location(code="BACK")
    text = (
        'SKU,Name,Inventories\nA,Mug,"default=3, back = 4"\nB,Cup,\nC,Jug,back=x\n'
        'D,Pot,"back=1,back=2"\nE,Pan,12\n'
    )
    outcome = import_text(text, mapping={"Inventories": "on_hand_list"})
    assert [(number, reason) for number, _, reason in refused(outcome)] == [
        (4, "Not a number."),
        (5, "Not a list of stock by location."),
        (6, "Not a list of stock by location."),
    ]
    levels = product("A").levels.values_list("location__name", "on_hand")
    assert sorted(levels) == sorted([(back.name, 4), ("default", 3)])
    again = import_text(text, mapping={"Inventories": "on_hand_list"}, sets_stock=True)
    assert counts(again) == (0, 0, 2, 3)


def test_a_location_whose_name_is_too_long_is_not_made():
    text = f"SKU,Name,Inventories\nA,Mug,{'x' * 121}=3\n"
    outcome = import_text(text, mapping={"Inventories": "on_hand_list"})
    assert [reason for _, _, reason in refused(outcome)] == [
        "Longer than 120 characters."
    ]
    with pytest.raises(UnreadableFileError, match="Longer than 120 characters"):
        import_text(f"sku,on_hand:{'x' * 121}\nA,3\n")


# Without a SKU: found by the barcode, and never made.

STOCK_LIST = "EAN;Bestand\n4006381333931;7\n5701234567899;3\n"


def test_a_record_without_a_sku_is_found_by_its_barcode():
    make_product(sku="MUG", barcode="4006381333931", stock=2)
    outcome = import_text(
        STOCK_LIST, mapping={"EAN": "barcode", "Bestand": "on_hand"}, sets_stock=True
    )
    assert counts(outcome) == (0, 1, 0, 1)
    assert refused(outcome) == [
        (
            3,
            "EAN",
            "No product of the shop has this barcode, and a new one needs a SKU.",
        )
    ]
    assert product("MUG").on_hand == 7
    assert Product.objects.count() == 1


def test_a_barcode_that_is_there_twice_is_one_product():
    make_product(sku="MUG", barcode="4006381333931")
    text = "sku,barcode,price\nMUG,,1\n,4006381333931,2\n"
    make_product(sku="CUP", barcode="5701234567899")
    outcome = import_text(f"{text},5701234567899,3\n,5701234567899,4\n")
    assert [(number, reason) for number, _, reason in refused(outcome)] == [
        (3, "The same product as row 2: “MUG”."),
        (5, "The same product as row 4: “CUP”."),
    ]


def test_a_record_with_neither_is_refused():
    outcome = import_text("barcode,sku,name\n,,Mug\n4.00638E+12,,Mug\n")
    assert [(number, column) for number, column, _ in refused(outcome)] == [
        (2, "sku"),
        (3, "sku"),
    ]
    assert [number for number, _, _ in notes(outcome)] == [3]


# A person is asked, where one is there.


def test_a_person_is_asked_about_an_unknown_header_with_a_guess():
    with pytest.raises(UnnamedColumnsError) as caught:
        asking(GERMAN)
    assert named(caught.value.named) == {
        "Artikelnummer": ("sku", "name"),
        "Titel": ("name", "name"),
        "Preis": ("price", "name"),
        "Farbe": ("", ""),
    }
    assert caught.value.fault == ""


def test_a_person_is_asked_when_any_table_was_chosen():
    with pytest.raises(UnnamedColumnsError):
        asking("sku,name\nA,Mug\n", format_code="table")


def test_a_person_is_told_which_columns_of_a_known_format_mean_the_same():
    with pytest.raises(UnnamedColumnsError) as caught:
        asking("sku,name,barcode,ean\nA,Mug,,\n")
    assert "“barcode” and “ean” mean the same" in caught.value.fault


def test_a_person_is_asked_again_when_what_was_named_can_not_be_right():
    mapping = {"Artikelnummer": "sku", "Titel": "on_hand", "Preis": "on_hand:MAIN"}
    with pytest.raises(UnnamedColumnsError) as caught:
        asking(GERMAN, mapping={**mapping, "Farbe": ""})
    assert "one location" in caught.value.fault
    assert named(caught.value.named)["Titel"] == ("on_hand", "asked")


def test_known_headers_ask_nobody():
    assert asking("sku,name,price\nA,Mug,1\n").format.code == "native"
