"""Shopify's inventory CSV: every location of every variant, one column to edit."""

import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from products.models import Location, Product
from products.services.reservations import Wanted, hold_stock
from products.tests.exporting import shopify_files
from products.tests.exporting.shopify_files import (
    HANDLE,
    NAME,
    export,
    make_catalogue,
    make_variants,
    records,
    stock_second_location,
)
from products.tests.factories import (
    by,
    make_location,
    make_product,
    make_shop,
    receive,
)
from products.tests.importing.files import counts, import_text, product

CODE = "shopify_inventory"
CURRENT, NEW = "On hand (current)", "On hand (new)"


def with_new_figures(text: str) -> str:
    """Return the file after "On hand (current)" was copied into "On hand (new)"."""
    header, *rows = csv.reader(StringIO(text, newline=""))
    copied = StringIO(newline="")
    csv.writer(copied).writerows([header, *([*row[:-1], row[-2]] for row in rows)])
    return copied.getvalue()


@pytest.mark.django_db
class TestFile:
    def test_a_record_per_variant_and_location(self):
        make_variants()
        stock_second_location()
        found = [
            (row["Handle"], row["Option1 Value"], row["Location"], row[CURRENT])
            for row in records(export(CODE))
        ]
        main = Location.objects.get_default().name
        assert found == [
            ("t-shirt", "M", main, "not stocked"),
            ("t-shirt", "M", "Back room", "not stocked"),
            ("t-shirt", "S", main, "3"),
            ("t-shirt", "S", "Back room", "4"),
            (found[4][0], "Default Title", main, "1"),
            (found[4][0], "Default Title", "Back room", "not stocked"),
        ]

    def test_what_is_held_is_committed_and_the_new_figure_blank(self):
        mug = make_product(sku="=1", stock=5)
        hold_stock(wanted=[Wanted(mug.pk, 2)], circumstances=by())
        (row,) = records(export(CODE))
        assert row["SKU"] == "'=1"
        assert row["Committed (not editable)"] == "2"
        assert row["Available (not editable)"] == "3"
        assert (row[CURRENT], row[NEW]) == ("5", "")

    def test_there_is_nothing_in_front_of_the_first_column(self):
        make_product()
        assert export(CODE).startswith("Handle,Title,")

    def test_a_location_is_called_by_its_code_where_its_name_is_not_its_own(self):
        make_location(code="A", name="Annex")
        make_location(code="B", name="annex ")
        make_location(code="C", name="A")
        make_product()
        main = Location.objects.get_default()
        names = {row["Location"] for row in records(export(CODE))}
        assert names == {main.name, "A", "B", "C"}

    def test_queries_grow_with_batches_not_with_products(
        self, django_assert_num_queries
    ):
        make_shop()
        for _ in range(20):
            make_product(stock=1)
        with django_assert_num_queries(6):
            export(CODE)


@pytest.mark.django_db
class TestComingBack:
    def test_only_the_edited_line_changes(self):
        make_variants()
        lines = export(CODE).split("\r\n")
        text = "\r\n".join(f"{line}8" if "TEE-S" in line else line for line in lines)
        receive(product("TEE-M"), 2)
        assert counts(import_text(text, sets_stock=True)) == (0, 1, 2, 0)
        assert (product("TEE-S").on_hand, product("TEE-M").on_hand) == (8, 2)

    def test_a_shop_with_everything_stays_as_it_is(self):
        make_shop()
        make_variants()
        text = export(CODE)
        for file in (text, with_new_figures(text)):
            outcome = import_text(file, sets_stock=True)
            count = Product.objects.count() * 2
            assert outcome.run.format == CODE
            assert counts(outcome) == (0, 0, count, 0), outcome.findings
            assert Location.objects.stocked().count() == 2


class TestRoundTrip(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(
        rows=shopify_files.products(),
        names=st.tuples(NAME, NAME, NAME),
        handle=HANDLE,
        place=st.one_of(NAME, st.just("main")),
    )
    def test_any_catalogue_comes_back_as_no_change(self, rows, names, handle, place):
        make_catalogue(rows, names=names, handle=handle)
        make_location(code="X", name=place)
        for file in (export(CODE), with_new_figures(export(CODE))):
            outcome = import_text(file, sets_stock=True)
            assert counts(outcome) == (0, 0, 2 * len(rows), 0), outcome.findings
            assert Location.objects.stocked().count() == 2
