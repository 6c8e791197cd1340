from decimal import Decimal

import pytest

from products.models import Category, Product, ProductChange
from products.tabular.problems import UnreadableFileError
from products.tests.factories import make_location, make_product
from products.tests.importing.files import (
    counts,
    import_text,
    notes,
    product,
    refused,
)

pytestmark = pytest.mark.django_db

FULL = (
    "sku,name,description,category,brand,supplier,barcode,price,cost,weight_g,status,"
    "reorder_point,reorder_quantity,tags,image_url,group,group_name,option1_name,option1,"
    "on_hand\n"
    "MUG-1,Blue mug,Hand made,Kitchen > Mugs,Bølge,Potter,4006381333931,14.90,6.5,350,"
    'draft,4,12,"blue,gift",https://example.com/m.jpg,mug,Mug,Colour,Blue,7\n'
)


def test_every_column_arrives():
    assert counts(import_text(FULL)) == (1, 0, 0, 0)
    mug = product("MUG-1")
    assert (mug.name, mug.description, mug.status) == ("Blue mug", "Hand made", "draft")
    assert str(mug.category) == "Mugs"
    assert str(mug.category.parent) == "Kitchen"
    assert (mug.brand.name, mug.supplier_name) == ("Bølge", "Potter")
    assert mug.barcode == "4006381333931"
    assert (mug.price, mug.cost) == (Decimal("14.90"), Decimal("6.5"))
    assert mug.weight == 350
    assert (mug.reorder_point, mug.reorder_quantity) == (4, 12)
    assert (mug.tags, mug.image_url) == ("blue, gift", "https://example.com/m.jpg")
    assert (mug.group.handle, mug.group.name) == ("mug", "Mug")
    assert (mug.group.option1_name, mug.option1) == ("Colour", "Blue")
    assert mug.on_hand == 7


def test_only_the_sku_column_is_needed():
    make_product(sku="MUG-1", name="Mug", price=Decimal(1))
    assert counts(import_text("sku,price\nmug-1,2.50\n")) == (0, 1, 0, 0)
    assert product("MUG-1").price == Decimal("2.50")


def test_an_absent_column_leaves_its_field_and_a_blank_cell_empties_it():
    make_product(sku="MUG-1", description="Old", supplier_name="Potter", price=None)
    import_text("sku,description,status\nMUG-1,,\n")
    mug = product("MUG-1")
    assert (mug.description, mug.supplier_name) == ("", "Potter")
    assert mug.status == Product.Status.ACTIVE


def test_each_change_is_in_the_trail_with_old_and_new():
    make_product(sku="MUG-1", name="Mug", price=Decimal(1))
    outcome = import_text("sku,name,price\nMUG-1,Mug,2\n")
    change = ProductChange.objects.get(operation=outcome.run.operation)
    assert change.before == {"price": "1.00", "version": 1}
    assert change.after == {"price": "2.00", "version": 2}
    row = outcome.run.rows.get()
    assert row.plan["changes"] == [["price", "1.00", "2.00"]]


def test_a_field_can_move_to_another_category_and_to_none():
    make_product(sku="A", category=Category.objects.create(name="Old"))
    import_text("sku,category,brand\nA,New > Deep,Bølge\n")
    assert str(product("A").category) == "Deep"
    import_text("sku,category,brand\nA,,\n")
    assert (product("A").category, product("A").brand) == (None, None)


def test_words_that_differ_in_case_only_are_one_category_brand_and_group():
    text = (
        "sku,name,category,brand,group,option1\n"
        "A,Cup,Kitchen > Mugs,Bølge,cup,S\nB,Cup,kitchen > MUGS,BØLGE,CUP,M\n"
    )
    assert counts(import_text(text)) == (2, 0, 0, 0)
    first, second = product("A"), product("B")
    assert first.category == second.category
    assert first.brand == second.brand
    assert first.group == second.group
    assert Category.objects.count() == 2


def test_a_greater_sign_in_a_category_name_is_written_with_a_backslash():
    import_text("sku,name,category\nA,Cup,Kitchen > 2 \\> 1 cups\n")
    assert str(product("A").category) == "2 > 1 cups"


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        (",Mug,1,1", "sku", "A row without a SKU can't be matched."),
        ("A,,1,1", "name", "A product needs a name."),
        ("A,Mug,NaN,1", "price", "Not a number."),
        ("A,Mug,-1,1", "price", "Below zero."),
        ("A,Mug,1.999,1", "price", "More than 2 decimal places."),
        ("A,Mug,1,2.5", "on_hand", "Not a whole number."),
        ("A,Mug,1,1e5", "on_hand", "A spreadsheet has shortened this number."),
        (f"{'A' * 101},Mug,1,1", "sku", "Longer than 100 characters."),
        (f"A,{'M' * 256},1,1", "name", "Longer than 255 characters."),
        ("#REF!,Mug,1,1", "sku", "A spreadsheet formula has failed here."),
    ],
)
def test_a_cell_that_can_not_be_taken_refuses_its_record_only(cells, column, reason):
    outcome = import_text(f"sku,name,price,on_hand\n{cells}\nB,Cup,1,1\n")
    assert counts(outcome) == (1, 0, 0, 1)
    assert refused(outcome) == [(2, column, reason)]


def test_all_faults_of_a_record_are_told():
    outcome = import_text("sku,name,price,on_hand\nA,,x,y\n")
    assert [column for _, column, _ in refused(outcome)] == ["name", "price", "on_hand"]
    assert outcome.run.refused_count == 1


def test_a_new_product_needs_a_name_column_too():
    outcome = import_text("sku,price\nA,1\n")
    assert refused(outcome) == [(2, "name", "A new product needs a name.")]


@pytest.mark.parametrize(
    ("barcode", "said"),
    [
        ("4.00638E+12", "rounded"),
        ("4006381333932", "last digit should be 1"),
        ("#N/A", "formula"),
        ("12 34", "blanks"),
    ],
)
def test_a_damaged_barcode_costs_the_cell_not_the_record(barcode, said):
    make_product(sku="B", name="Cup", barcode="KEPT")
    outcome = import_text(f"sku,name,barcode\nA,Mug,{barcode}\nB,Cup,{barcode}\n")
    assert counts(outcome) == (1, 0, 1, 0)
    assert product("A").barcode is None
    assert product("B").barcode == "KEPT"
    assert [said in note for _, _, note in notes(outcome)] == [True, True]


def test_codes_keep_zeros_case_and_length():
    import_text("sku,name,barcode\n'00aB,Mug,'0042\n")
    assert product("00aB").barcode == "0042"


def test_a_status_that_is_not_known_is_noted_and_left():
    outcome = import_text("sku,name,status\nA,Mug,sleeping\n")
    assert product("A").status == Product.Status.ACTIVE
    assert "Not a status." in notes(outcome)[0][2]


def test_a_link_that_could_run_something_is_left_out():
    outcome = import_text("sku,name,image_url\nA,Mug,javascript:alert(1)\n")
    assert product("A").image_url == ""
    assert "Not a link" in notes(outcome)[0][2]


def test_the_stock_of_several_locations_has_a_column_each():
    back = make_location(code="BACK")
    import_text("sku,name,on_hand,on_hand:back\nA,Mug,3,4\n")
    mug = product("A")
    assert mug.on_hand == 7
    assert mug.levels.get(location=back).on_hand == 4


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("sku,name,on_hand,on_hand:main", "the stock of one location"),
        ("sku,name,SKU", "mean the same"),
    ],
)
def test_a_header_that_can_mean_two_things_refuses_the_file(header, said):
    with pytest.raises(UnreadableFileError, match=said):
        import_text(f"{header}\nA,Mug,1,2\n")


def test_a_shifted_record_is_refused_with_its_number():
    outcome = import_text("sku,name,price\nA,Mug, blue,1\nB,Cup,2\n")
    assert refused(outcome) == [(2, "", "The row has 4 cells, the header has 3.")]
