"""Records that want what another product has: a barcode, or the options of a group."""

import pytest

from products.tests.factories import make_product
from products.tests.importing.files import counts, import_text, notes, product, refused

pytestmark = pytest.mark.django_db


def test_a_barcode_that_another_product_keeps_is_left_out():
    make_product(sku="X", barcode="CODE-1")
    outcome = import_text("sku,name,barcode\nA,Mug,CODE-1\n")
    assert product("A").barcode is None
    assert notes(outcome) == [
        (2, "barcode", "“X” has this barcode. The cell was left out.")
    ]


def test_a_barcode_twice_in_a_file_belongs_to_the_first():
    outcome = import_text("sku,name,barcode\nA,Mug,CODE-1\nB,Cup,CODE-1\n")
    assert (product("A").barcode, product("B").barcode) == ("CODE-1", None)
    assert notes(outcome)[0][2] == "Row 2 has this barcode. The cell was left out."


def test_two_products_can_swap_their_barcodes():
    make_product(sku="A", name="Mug", barcode="ONE")
    make_product(sku="B", name="Cup", barcode="TWO")
    swap = "sku,barcode\nA,TWO\nB,ONE\n"
    assert counts(import_text(swap)) == (0, 2, 0, 0)
    assert (product("A").barcode, product("B").barcode) == ("TWO", "ONE")
    assert counts(import_text(swap)) == (0, 0, 2, 0)


def test_a_new_product_takes_the_barcode_another_gives_up():
    make_product(sku="A", name="Mug", barcode="ONE")
    text = "sku,name,barcode\nNEW,Jug,ONE\nA,Mug,TWO\n"
    assert counts(import_text(text)) == (1, 1, 0, 0)
    assert product("NEW").barcode == "ONE"
    assert counts(import_text(text)) == (0, 0, 2, 0)


def test_who_gets_no_barcode_keeps_the_old_one_from_the_next():
    make_product(sku="A", name="Mug", barcode="ONE")
    make_product(sku="X", name="Keeps", barcode="TWO")
    text = "sku,name,barcode\nNEW,Jug,ONE\nA,Mug,TWO\n"
    outcome = import_text(text)
    assert product("A").barcode == "ONE"
    assert product("NEW").barcode is None
    assert counts(outcome) == (1, 0, 1, 0)
    assert counts(import_text(text)) == (0, 0, 2, 0)


def test_options_of_a_group_that_another_product_has_are_refused():
    import_text("sku,name,group,option1\nA,Tee,tee,S\n")
    outcome = import_text("sku,name,group,option1\nB,Tee,tee,S\nC,Tee,tee,M\n")
    assert counts(outcome) == (1, 0, 0, 1)
    assert refused(outcome)[0][2] == "These options of the group belong to “A”."


def test_options_alone_can_not_collide_either():
    import_text("sku,name,group,option1\nA,Tee,tee,S\nB,Tee,tee,M\n")
    outcome = import_text("sku,option1\nB,S\n")
    assert refused(outcome)[0][2] == "These options of the group belong to “A”."


def test_options_can_be_swapped():
    import_text("sku,name,group,option1\nA,Tee,tee,S\nB,Tee,tee,M\n")
    import_text("sku,option1\nB,S\nA,M\n")
    assert (product("A").option1, product("B").option1) == ("M", "S")
