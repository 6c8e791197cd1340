"""Variable products of WooCommerce and their variations."""

from decimal import Decimal
from io import BytesIO

import pytest

from products.importing.findings import Findings
from products.importing.registry import KNOWN_HEADERS, choose_format
from products.importing.request import Counted
from products.models import Product, ProductGroup
from products.tabular.reading import open_table
from products.tests.factories import make_product
from products.tests.importing.files import counts, import_text, notes, product, refused

pytestmark = pytest.mark.django_db

HEADER = (
    "ID,Type,SKU,Name,Published,Stock,Regular price,Categories,Description,Parent,"
    "Attribute 1 name,Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s)\n"
)
TEE = 'variable,TEE,T-shirt,1,,,Shirts,Soft,,Size,"S, M",Colour,"Blue, Red"\n'
SMALL = "8,variation,TEE-S,T-shirt - S,1,4,25,,,tee,Size,S,Colour,\n"
MEDIUM = "9,variation,,,1,parent,25,,Softer,id:7,Size,M,Colour,Red\n"
FILE = f"{HEADER}{SMALL}7,{TEE}{MEDIUM}"


def test_variations_belong_to_the_group_of_their_parent_wherever_it_stands():
    assert counts(import_text(FILE)) == (2, 0, 0, 0)
    small, medium = product("TEE-S"), product("TEE-M-RED")
    assert small.group == medium.group
    assert (small.group.handle, small.group.name) == ("TEE", "T-shirt")
    assert small.group.option1_name == "Size"
    assert small.group.option2_name == "Colour"
    assert (small.options, medium.options) == ("S", "M / Red")
    assert (small.on_hand, medium.on_hand) == (4, 0)


def test_a_blank_cell_of_a_variation_is_what_its_parent_says():
    import_text(FILE)
    small, medium = product("TEE-S"), product("TEE-M-RED")
    assert (small.name, medium.name) == ("T-shirt - S", "T-shirt")
    assert str(small.category) == str(medium.category) == "Shirts"
    assert (small.description, medium.description) == ("Soft", "Softer")


def test_the_second_import_changes_nothing():
    import_text(FILE)
    assert counts(import_text(FILE, sets_stock=True)) == (0, 0, 2, 0)


def test_a_parent_is_found_in_a_file_with_decimal_commas():
    text = FILE.replace("4,25,", '4,"25,50",').replace(",25,", ',"25,00",')
    assert counts(import_text(text)) == (2, 0, 0, 0)
    assert product("TEE-S").price == Decimal("25.50")


def test_a_made_sku_finds_its_product_again_whatever_its_sku_is_now():
    import_text(FILE)
    Product.objects.filter(sku="TEE-M-RED").update(sku="OWN", sku_key="own")
    assert counts(import_text(FILE)) == (0, 0, 2, 0)


def test_a_parent_that_is_nowhere_refuses_its_variations():
    text = f"{HEADER}{SMALL}{MEDIUM}9,variation,X,X,1,,1,,,,,,,\n"
    unknown = "Neither the file nor the shop has this parent."
    assert refused(import_text(text)) == [
        (2, "Parent", unknown),
        (3, "Parent", unknown),
        (4, "Parent", "A variation without a parent."),
    ]


def test_a_simple_product_is_no_parent():
    text = f"{HEADER}{SMALL}7,simple,TEE,T-shirt,1,,1,,,,,,,\n"
    assert [record for record, _, _ in refused(import_text(text))] == [2]


def test_a_parent_may_be_a_group_of_the_shop():
    ProductGroup.objects.create(name="T-shirt", handle="Tee", option1_name="Size")
    make_product(sku="tee-s", name="T-shirt - S", description="Kept", price=25)
    outcome = import_text(HEADER + SMALL)
    assert counts(outcome) == (0, 1, 0, 0)
    small = product("tee-s")
    assert (small.group.handle, small.options) == ("Tee", "S")
    assert small.description == "Kept"


def test_options_keep_the_places_that_the_group_of_the_shop_gives_them():
    group = ProductGroup.objects.create(
        name="T-shirt", handle="tee", option1_name="colour", option2_name="SIZE"
    )
    import_text(FILE)
    medium = product("TEE-RED-M")
    assert (medium.group, medium.option1, medium.option2) == (group, "Red", "M")


def test_a_variable_product_without_sku_is_known_by_its_id():
    text = FILE.replace("variable,TEE", "variable,").replace(",tee,", ",id:7,")
    assert counts(import_text(text)) == (2, 0, 0, 0)
    assert product("TEE-S").group.handle == "t-shirt-7"
    assert product("T-SHIRT-7-M-RED").group.name == "T-shirt"
    assert counts(import_text(text)) == (0, 0, 2, 0)


def test_stock_of_the_variable_product_is_noted_and_not_taken():
    text = FILE.replace("T-shirt,1,,,Shirts", "T-shirt,1,12,,Shirts")
    outcome = import_text(text)
    assert (3, "Stock") in [note[:2] for note in notes(outcome)]
    assert "12" in [note.value for note in outcome.findings.notes]
    assert sum(each.on_hand for each in Product.objects.all()) == 4


def test_a_variable_product_without_variations_is_noted():
    outcome = import_text(f"{HEADER}7,{TEE}")
    assert counts(outcome) == (0, 0, 0, 0)
    assert notes(outcome) == [
        (2, "Type", "A variable product without variations makes no product.")
    ]


def test_a_parent_that_can_not_be_read_takes_its_variations_along():
    text = FILE.replace("TEE,T-shirt,1,,", "TEE,T-shirt,1,many,")
    assert refused(import_text(text)) == [
        (2, "Parent", "Row 3, the parent, can't be read."),
        (3, "Stock", "Not a number."),
        (4, "Parent", "Row 3, the parent, can't be read."),
    ]


def test_a_second_parent_with_the_same_sku_is_refused():
    text = f"{HEADER}7,{TEE}6,{TEE}{SMALL}"
    assert refused(import_text(text)) == [(3, "SKU", "The same SKU as row 2.")]
    assert counts(import_text(text)) == (0, 0, 1, 1)


def test_the_same_options_a_second_time_are_refused():
    text = f"{FILE}{SMALL.replace('TEE-S', 'TEE-X')}"
    assert refused(import_text(text)) == [
        (5, "Attribute 1 value(s)", "The same options as row 2 of this group.")
    ]


def test_a_refused_option_names_the_first_attribute_wherever_it_stands():
    text = (
        "Attribute 2 value(s),Attribute 2 name,Attribute 1 value(s),Attribute 1 name,"
        "Type,SKU,Name,Published,Regular price,Parent\n"
        ",,,,variable,V,Tee,1,,\n"
        "b,B,a,A,variation,X,Tee,1,1,V\nb,B,a,A,variation,Y,Tee,1,1,V\n"
    )
    assert refused(import_text(text)) == [
        (4, "Attribute 1 value(s)", "The same options as row 3 of this group.")
    ]
    assert product("X").options == "a / b"


def attributes(count: int, record: str, values: str) -> str:
    cells = [f"Part {number},{values}{number}" for number in range(1, count + 1)]
    return f"{record},{','.join(cells)}\n"


def test_the_third_option_holds_what_is_more_than_three():
    titles = [f"Attribute {n} name,Attribute {n} value(s)" for n in range(1, 6)]
    text = (
        f"Type,SKU,Name,Published,Regular price,Parent,{','.join(titles)}\n"
        + attributes(5, "variable,TEE,T-shirt,1,,", "v")
        + attributes(5, "variation,A,A,1,1,TEE", "a")
        + attributes(5, "variation,B,B,1,1,TEE", "b")
    )
    outcome = import_text(text)
    assert counts(outcome) == (2, 0, 0, 0)
    assert product("A").group.option3_name == "Part 3 / Part 4 / Part 5"
    assert product("B").option3 == "b3 / b4 / b5"
    assert [record for record, _column, _note in notes(outcome)] == [2]
    assert counts(import_text(text)) == (0, 0, 2, 0)


def test_attributes_that_no_variation_has_are_no_options():
    text = FILE.replace("Colour,\n", ",\n").replace("Colour,Red\n", ",\n")
    import_text(text)
    assert product("TEE-M").group.option2_name == ""


def test_a_name_too_long_for_an_option_refuses_the_parent():
    text = FILE.replace("Size", "S" * 61)
    assert refused(import_text(text))[1] == (
        3,
        "Attribute 1 name",
        "Longer than 60 characters.",
    )


@pytest.mark.parametrize("groups", [1, 40])
def test_parents_take_one_query_however_many_they_are(
    groups, django_assert_num_queries
):
    text = HEADER + "".join(
        f"{n},variable,T{n},T,1,,,,,,Size,S,,\n9{n},variation,,,1,,1,,,T{n},Size,S,,\n"
        for n in range(groups)
    )
    opened = open_table(BytesIO(text.encode()), known=KNOWN_HEADERS, max_bytes=10**6)
    chosen, columns = choose_format(opened)
    with django_assert_num_queries(1):
        rows = list(chosen.read(Counted(opened), columns, Findings()))
    assert [row.sku for row in rows] == [f"T{n}-S" for n in range(groups)]
