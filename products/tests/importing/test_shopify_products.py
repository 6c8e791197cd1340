from decimal import Decimal

import pytest

from products.models import Product
from products.tabular.problems import UnreadableFileError
from products.tests.factories import make_product
from products.tests.importing.files import (
    counts,
    import_text,
    notes,
    product,
    refused,
)

pytestmark = pytest.mark.django_db

CLASSIC = """\
Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,\
Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,\
Variant Inventory Qty,Variant Price,Variant Barcode,Image Src,Variant Image,\
Cost per item,Status
tee,T-shirt,<p>Soft &amp; <b>light</b></p><p>Cotton</p>,Acme,Clothing > Shirts,Top,\
"a, b",true,Size,S,Colour,Blue,TEE-S,145.5,4,25,4006381333931,https://x.example/1.jpg,\
https://x.example/s.jpg,9,active
tee,,,,,,,,,M,,Blue,,145.5,-3,25,,https://x.example/2.jpg,,,
tee,,,,,,,,,,,,,,,,,https://x.example/3.jpg,,,
hat,Hat,Warm,Acme,Uncategorized,Hats,,FALSE,Title,Default Title,,,,72,,17.99,\
3.65275E+11,,,,archived
"""
NEWER = """\
Title,URL handle,Description,Vendor,Product category,Type,Tags,\
Published on online store,Status,SKU,Barcode,Option1 name,Option1 value,Price,\
Cost per item,Inventory quantity,Weight value (grams),Product image URL,\
Variant image URL,Name (product.metafields.a.b)
T-shirt,tee,Soft,Acme,Clothing,Top,,TRUE,Active,TEE-S,,Size,S,25,9,4,145,\
https://x.example/1.jpg,,x
"""


def test_the_classic_names():
    outcome = import_text(CLASSIC)
    assert outcome.run.format == "shopify_products"
    assert counts(outcome) == (3, 0, 0, 0)
    tee = product("TEE-S")
    assert (tee.name, tee.options) == ("T-shirt", "S / Blue")
    assert tee.description == "Soft & light\n\nCotton"
    assert (str(tee.category), str(tee.category.parent)) == ("Shirts", "Clothing")
    assert (tee.brand.name, tee.tags, tee.status) == ("Acme", "a, b", "active")
    assert (tee.price, tee.cost, tee.weight) == (25, 9, Decimal("145.5"))
    assert (tee.barcode, tee.on_hand) == ("4006381333931", 4)
    assert tee.image_url == "https://x.example/s.jpg"
    assert (tee.group.name, tee.group.option2_name) == ("T-shirt", "Colour")


def test_the_newer_names():
    outcome = import_text(NEWER)
    assert counts(outcome) == (1, 0, 0, 0)
    tee = product("TEE-S")
    assert (tee.name, tee.description, tee.option1) == ("T-shirt", "Soft", "S")
    assert (tee.price, tee.cost, tee.on_hand, tee.weight) == (25, 9, 4, 145)
    assert tee.image_url == "https://x.example/1.jpg"


def test_a_variant_takes_the_products_fields_from_the_first_record():
    import_text(CLASSIC)
    medium = product("TEE-M-BLUE")
    assert (medium.name, medium.option1, medium.brand.name) == ("T-shirt", "M", "Acme")
    assert medium.image_url == "https://x.example/1.jpg"
    assert medium.group == product("TEE-S").group


def test_a_product_without_options_has_no_group():
    import_text(CLASSIC)
    hat = product("HAT")
    assert (hat.group, hat.options, hat.status) == (None, "", "archived")
    assert str(hat.category) == "Hats"


def test_what_was_not_taken_as_it_stands_is_noted():
    said = {
        (record, column): note for record, column, note in notes(import_text(CLASSIC))
    }
    assert "so one was made" in said[3, "Variant SKU"]
    assert "-3 can't be stock" in said[3, "Variant Inventory Qty"]
    assert "rounded this barcode" in said[5, "Variant Barcode"]
    assert product("TEE-M-BLUE").on_hand == 0
    assert product("HAT").barcode is None


def test_columns_that_are_not_read_are_listed():
    outcome = import_text(NEWER)
    assert outcome.findings.notes[0].value == "Name (product.metafields.a.b)"


def test_a_handle_may_stand_in_several_places():
    text = (
        "Handle,Title,Option1 Name,Option1 Value,Variant Price\n"
        "tee,T-shirt,Size,S,1\nhat,Hat,Title,Default Title,2\ntee,Other,,M,1\n"
    )
    assert counts(import_text(text)) == (3, 0, 0, 0)
    assert product("TEE-M").name == "T-shirt"


def test_the_same_options_a_second_time_are_refused():
    text = (
        "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n"
        "tee,T-shirt,Size,S,A,1\ntee,,,S,B,1\n"
    )
    assert refused(import_text(text)) == [
        (3, "Option1 Value", "The same option values as row 2 of this handle.")
    ]


def test_a_product_without_options_has_one_variant():
    text = (
        "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n"
        "tee,T-shirt,Title,Default Title,A,1\ntee,,,,B,1\n"
    )
    assert refused(import_text(text)) == [
        (3, "Option1 Value", "The same option values as row 2 of this handle.")
    ]


def test_the_apostrophes_of_the_export_are_taken_off():
    text = "URL handle,Title,Vendor,SKU,Price\n'-a,'=1+1,'+b,'@c,1\n"
    assert counts(import_text(text)) == (1, 0, 0, 0)
    assert (product("@c").name, product("@c").brand.name) == ("=1+1", "+b")


def test_a_repeated_sku_is_refused_naming_the_first():
    text = (
        "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n"
        "tee,T-shirt,Size,S,A,1\ntee,,,M,a,1\n"
    )
    assert refused(import_text(text)) == [(3, "Variant SKU", "The same SKU as row 2.")]


def test_without_handle_or_title_a_record_is_refused():
    text = "Handle,Title,Variant Price\n,Mug,1\ncup,,1\njug,Jug,x\n"
    assert refused(import_text(text)) == [
        (2, "Handle", "A row without a handle belongs to no product."),
        (3, "Title", "A product needs a name."),
        (4, "Variant Price", "Not a number."),
    ]


def test_variants_fall_with_the_product_that_can_not_be_read():
    text = "Handle,Title,Option1 Value,Variant Price\ncup,,S,1\ncup,,M,1\n"
    assert refused(import_text(text))[1] == (
        3,
        "Handle",
        "Row 2, the first of this handle, can't be read.",
    )


def test_a_file_without_status_makes_what_was_hidden_a_draft_only_once():
    text = "Handle,Title,Published,Variant Price\ncup,Cup,FALSE,1\nmug,Mug,true,1\n"
    import_text(text)
    assert product("CUP").status == Product.Status.DRAFT
    assert product("MUG").status == Product.Status.ACTIVE
    Product.objects.filter(sku="CUP").update(status=Product.Status.ACTIVE)
    assert counts(import_text(text)) == (0, 0, 2, 0)


def test_a_variant_is_found_again_by_group_and_options_whatever_its_sku_is_now():
    text = (
        "Handle,Title,Option1 Name,Option1 Value,Variant Price\n"
        "tee,T-shirt,Size,S,1\ntee,,,M,1\n"
    )
    import_text(text)
    Product.objects.filter(sku="TEE-S").update(sku="OWN-1", sku_key="own-1")
    assert counts(import_text(text.replace("M,1", "M,2"))) == (0, 1, 1, 0)
    assert product("TEE-M").price == 2


def test_a_sku_of_the_file_finds_the_product_first():
    make_product(sku="tee-s", name="T-shirt")
    outcome = import_text(CLASSIC)
    assert outcome.run.created_count == 2
    assert product("tee-s").options == "S / Blue"


def test_two_records_about_one_product_of_the_shop_are_refused():
    import_text("sku,name,group,option1\nOWN-1,T-shirt,tee,S\n")
    text = (
        "Handle,Title,Option1 Value,Variant SKU,Variant Price\n"
        "tee,T-shirt,M,OWN-1,1\ntee,,S,,1\n"
    )
    assert refused(import_text(text)) == [
        (3, "Variant SKU", "The same product as row 2: “OWN-1”.")
    ]


def test_an_inventory_file_is_not_taken_for_products():
    text = "Handle,Title,SKU,Location,On hand (current),On hand (new)\na,A,A,M,1,2\n"
    assert import_text(text).run.format == "shopify_inventory"
    with pytest.raises(UnreadableFileError, match="columns of this file are not known"):
        import_text(text.replace("(new)", "(old)"))
