"""Shopify's product CSV: grouped by handle, and importing it again changes nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from products.exporting import products as batches
from products.exporting.shopify_families import handle_of
from products.importing.made_skus import make_sku
from products.models import Product
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
from products.tests.factories import make_category, make_group, make_product, make_shop
from products.tests.importing.files import counts, import_text, product

CODE = "shopify_products"


@pytest.mark.django_db
class TestFile:
    def test_a_record_per_variant_and_the_product_on_the_first(self):
        make_variants(description="Soft\n\nLight", tags="a, b")
        medium, small, hat = records(export(CODE))
        assert (small["SKU"], medium["SKU"]) == ("TEE-S", "TEE-M")
        assert (medium["Title"], medium["Description"]) == (
            "T-shirt",
            "<p>Soft</p><p>Light</p>",
        )
        assert (medium["Option1 name"], medium["Option1 value"]) == ("Size", "M")
        assert (small["Title"], small["Status"], small["Option1 name"]) == ("", "", "")
        assert (small["Price"], small["Inventory quantity"]) == ("9.50", "3")
        assert (small["Inventory tracker"], medium["Price"]) == ("shopify", "")
        assert (hat["Option1 name"], hat["Option1 value"]) == ("Title", "Default Title")
        assert hat["Description"] == "<p>a &lt; b &amp; c</p>"

    def test_there_is_nothing_in_front_of_the_first_column(self):
        make_product()
        assert export(CODE).startswith("Title,URL handle,")

    def test_variants_stand_together_whatever_the_order_of_the_list(self, monkeypatch):
        monkeypatch.setitem(batches.product_batches.__kwdefaults__, "size", 2)
        group = make_group("Size")
        for number, name in enumerate("dacb"):
            make_product(sku=f"V{number}", name=name, group=group, option1=name)
            make_product(sku=f"X{number}", name=name)
        handles = [row["URL handle"] for row in records(export(CODE))]
        assert handles == [group.handle] * 4 + ["x0", "x1", "x2", "x3"]

    def test_what_is_for_sale_speaks_for_the_product(self):
        group = make_group("Size")
        make_product(sku="A", group=group, option1="S", status="archived")
        make_product(sku="B", group=group, option1="M")
        first, second = records(export(CODE))
        assert (first["SKU"], first["Status"]) == ("B", "active")
        assert (second["SKU"], second["Status"]) == ("A", "")

    def test_different_names_give_way_to_that_of_the_group(self):
        group = make_group("Size", name="Hoodie")
        make_product(name="Hoodie, S", group=group, option1="S")
        make_product(name="Hoodie, M", group=group, option1="M")
        assert records(export(CODE))[0]["Title"] == "Hoodie"

    def test_a_picture_of_all_is_the_products_as_well(self):
        group = make_group("Size")
        one, other = "https://x.example/1.jpg", "https://x.example/2.jpg"
        make_product(sku="A", group=group, option1="S", image_url=one)
        second = make_product(sku="B", group=group, option1="M", image_url=one)
        columns = ("Product image URL", "Variant image URL")
        found = [tuple(row[name] for name in columns) for row in records(export(CODE))]
        assert found == [(one, one), ("", one)]
        Product.objects.filter(pk=second.pk).update(image_url=other)
        found = [tuple(row[name] for name in columns) for row in records(export(CODE))]
        assert found == [("", one), ("", other)]

    def test_categories_are_types_and_formulas_are_safe(self):
        make_product(
            sku="-1", name="=1+1", category=make_category("B > C", make_category("A"))
        )
        (row,) = records(export(CODE))
        assert (row["SKU"], row["Title"]) == ("'-1", "'=1+1")
        assert row["Type"] == r"A > B \> C"

    def test_costs_and_the_stock_of_several_locations_have_no_column(self):
        make_variants()
        assert "Cost per item" not in records(export(CODE, with_cost=False))[0]
        stock_second_location()
        (row, *_) = records(export(CODE))
        assert "Cost per item" in row
        assert "Inventory quantity" not in row
        assert "Inventory tracker" not in row

    def test_queries_grow_with_batches_not_with_products(
        self, django_assert_num_queries
    ):
        make_shop()
        for _ in range(20):
            make_product(stock=1)
        with django_assert_num_queries(6):
            export(CODE)


class TestHandles:
    @pytest.mark.parametrize("sku", ["MUG-1", "a", "tee-s-blue", "2024"])
    def test_a_plain_sku_is_made_of_its_handle_again(self, sku):
        handle = handle_of(sku.casefold())
        assert handle == sku.casefold()
        assert make_sku(handle, ["", "", ""]) == sku.upper()

    def test_others_stay_different(self):
        keys = ["a b", "a-b", "a_b", "-a-b", "a--b", "ä b", "=", "+", "日本", "x" * 99]
        handles = {handle_of(key) for key in keys} | {handle_of("a-b", is_taken=True)}
        assert len(handles) == len(keys) + 1
        assert all(set(handle) <= set("abcdefx0123456789-") for handle in handles)
        assert not any(handle.startswith("-") for handle in handles)

    @pytest.mark.django_db
    def test_a_group_keeps_its_handle(self):
        group = make_group("Size")
        make_product(sku=group.handle.upper())
        make_product(group=group, option1="S")
        first, second = records(export(CODE))
        assert first["URL handle"] == group.handle
        assert second["URL handle"].startswith(f"{group.handle}-")


@pytest.mark.django_db
class TestComingBack:
    @pytest.mark.parametrize("sets_stock", [False, True])
    def test_a_shop_with_everything_stays_as_it_is(self, sets_stock):
        make_shop()
        make_variants()
        count = Product.objects.count()
        outcome = import_text(export(CODE), sets_stock=sets_stock)
        assert outcome.run.format == CODE
        assert counts(outcome) == (0, 0, count, 0), outcome.findings

    def test_without_its_sku_a_plain_product_is_found_by_its_handle(self):
        mug = make_product(sku="MUG-1", name="Mug", price=1)
        text = export(CODE).replace(",MUG-1,", ",,").replace("1.00", "2.00")
        assert counts(import_text(text)) == (0, 1, 0, 0)
        assert product("MUG-1").pk == mug.pk

    def test_an_edited_title_reaches_all_variants(self):
        make_variants()
        text = export(CODE).replace("T-shirt,t-shirt", "Shirt,t-shirt")
        assert counts(import_text(text)) == (0, 2, 1, 0)
        assert {product(sku).name for sku in ("TEE-S", "TEE-M")} == {"Shirt"}
        assert counts(import_text(text)) == (0, 0, 3, 0)


class TestRoundTrip(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(
        rows=shopify_files.products(),
        names=st.tuples(NAME, NAME, NAME),
        handle=HANDLE,
        with_cost=st.booleans(),
    )
    def test_any_catalogue_comes_back_as_no_change(
        self, rows, names, handle, with_cost
    ):
        make_catalogue(rows, names=names, handle=handle)
        before = list(Product.objects.order_by("pk").values())
        outcome = import_text(export(CODE, with_cost=with_cost), sets_stock=True)
        assert counts(outcome) == (0, 0, len(rows), 0), outcome.findings
        assert list(Product.objects.order_by("pk").values()) == before
