"""The dashboard: order, search, filters and pages, all in its address."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from products.models import Brand, Location, Product
from products.services.archiving import archive_products
from products.services.shelves import assign_shelves
from products.tests.factories import (
    by,
    make_category,
    make_location,
    make_product,
    place_of,
    receive,
)

pytestmark = pytest.mark.django_db

URL = reverse("products:dashboard")


def html(client: Client, query: Mapping[str, Any] | None = None) -> str:
    response = client.get(URL, query)
    assert response.status_code == 200
    return str(response.content.decode())


def skus(client: Client, **query: Any) -> list[str]:
    """The SKUs of the list, in its order."""
    response = client.get(URL, query)
    assert response.status_code == 200
    return [product.sku for product in response.context["products"]]


class TestOrder:
    def test_newest_change_first(self, as_regular: Client) -> None:
        make_product(sku="OLD")
        make_product(sku="NEW")
        assert skus(as_regular) == ["NEW", "OLD"]

    @pytest.mark.parametrize(
        ("sort", "order"),
        [
            ("name", "ABC"),
            ("-name", "CBA"),
            ("sku", "CBA"),
            ("-sku", "ABC"),
            ("price", "BAC"),
            ("-price", "ABC"),
            ("available", "CBA"),
            ("-available", "ABC"),
            ("__import__", "CBA"),
            ("cost", "CBA"),
        ],
    )
    def test_sort(self, as_regular: Client, sort: str, order: str) -> None:
        """A product without a price is last, whichever way prices are sorted."""
        make_product(name="A", sku="3", price=Decimal(9), stock=3)
        make_product(name="B", sku="2", price=Decimal(1), stock=2)
        make_product(name="C", sku="1", price=None, stock=1)
        response = as_regular.get(URL, {"sort": sort})
        assert "".join(p.name for p in response.context["products"]) == order

    def test_archived_products_only_when_asked_for(self, as_regular: Client) -> None:
        make_product(sku="HERE")
        draft = Product.Status.DRAFT
        make_product(sku="DRAFT", status=draft)
        gone = make_product(sku="GONE")
        archive_products(product_ids=[gone.pk], circumstances=by())
        assert skus(as_regular, sort="sku") == ["DRAFT", "HERE"]
        assert skus(as_regular, status="archived") == ["GONE"]
        assert skus(as_regular, status="draft") == ["DRAFT"]
        assert skus(as_regular, status="all", sort="sku") == ["DRAFT", "GONE", "HERE"]


class TestSearch:
    def test_name_sku_and_barcode(self, as_regular: Client) -> None:
        make_product(sku="KYO-1", name="Kyōto bowl", barcode="5701234567899")
        make_product(sku="OTHER")
        for text in ("kyoto BOW", "kyo-1", "5701234567899", "  bowl  "):
            assert skus(as_regular, q=text) == ["KYO-1"]

    def test_the_exact_code_comes_first(self, as_regular: Client) -> None:
        make_product(sku="Mug", name="A")
        make_product(sku="Mug-XL", name="B")
        assert skus(as_regular, q="mug") == ["Mug", "Mug-XL"]
        assert skus(as_regular, q="mug", sort="-name") == ["Mug", "Mug-XL"]

    def test_a_whole_code_is_answered_by_codes(self, as_regular: Client) -> None:
        make_product(sku="MUG-1", name="A", barcode="40170725")
        make_product(sku="MUG-1-XL", name="B 40170725")
        assert skus(as_regular, q="40170725") == ["MUG-1"]
        assert skus(as_regular, q="mug-1") == ["MUG-1", "MUG-1-XL"]

    def test_in_what_the_filters_leave(self, as_regular: Client) -> None:
        make_product(sku="MUG-1", stock=1)
        make_product(sku="MUG-2")
        assert skus(as_regular, q="mug", stock="out") == ["MUG-2"]

    @pytest.mark.parametrize(
        "text", ["\x00", "mug\x00", "%", "_", "'; --", "a " * 5000, "ß" * 9999, "́"]
    )
    def test_odd_text_is_no_error(self, as_regular: Client, text: str) -> None:
        make_product(name="Mug")
        html(as_regular, {"q": text})

    def test_what_no_name_contains_is_left_out(self, as_regular: Client) -> None:
        make_product(sku="MUG")
        make_product(sku="BOWL")
        assert skus(as_regular, q="\x00mug\t\x07") == ["MUG"]

    def test_the_field_belongs_to_the_filters(self, as_regular: Client) -> None:
        make_product()
        page = html(as_regular, {"q": "“mug”"})
        assert 'value="“mug”" form="filters"' in page


class TestFilters:
    def test_category_with_what_is_inside(self, as_regular: Client) -> None:
        kitchen = make_category("Kitchen")
        mugs = make_category("Mugs", kitchen)
        make_product(sku="POT", category=kitchen)
        make_product(sku="MUG", category=mugs)
        make_product(sku="NONE")
        assert skus(as_regular, category=kitchen.pk, sort="sku") == ["MUG", "POT"]
        assert skus(as_regular, category=mugs.pk) == ["MUG"]

    def test_categories_are_offered_as_a_tree(self, as_regular: Client) -> None:
        mugs = make_category("Mugs", make_category("Kitchen"))
        make_product()
        page = html(as_regular)
        assert f'<option value="{mugs.pk}">\N{EM SPACE}Mugs</option>' in page
        page = html(as_regular, {"category": mugs.pk})
        assert f'<option value="{mugs.pk}" selected>Kitchen › Mugs</option>' in page

    def test_brand(self, as_regular: Client) -> None:
        brand = Brand.objects.create(name="Værksted Nord")
        make_product(sku="OURS", brand=brand)
        make_product(sku="OTHER")
        assert skus(as_regular, brand=brand.pk) == ["OURS"]

    def test_stock(self, as_regular: Client) -> None:
        make_product(sku="MANY", stock=9, reorder_point=3)
        make_product(sku="FEW", stock=3, reorder_point=3)
        make_product(sku="NONE")
        assert skus(as_regular, stock="in_stock") == ["MANY"]
        assert skus(as_regular, stock="low") == ["FEW"]
        assert skus(as_regular, stock="out") == ["NONE"]

    def test_a_filter_that_is_set_is_tinted(self, as_regular: Client) -> None:
        make_product()
        label = '<label for="filter_stock">'
        assert f'filter">{label}' in html(as_regular)
        assert f'filter is-set">{label}' in html(as_regular, {"stock": "out"})

    def test_products_without_cost(self, as_admin: Client) -> None:
        make_product(sku="DEAR", stock=1, cost=Decimal(2))
        make_product(sku="FREE", stock=1)
        assert skus(as_admin, cost="missing") == ["FREE"]

    def test_costs_can_not_be_asked_about(self, as_clerk: Client) -> None:
        """A filter would tell which products have a cost, one by one."""
        make_product(sku="DEAR", stock=1, cost=Decimal(2))
        make_product(sku="FREE", stock=1)
        assert skus(as_clerk, cost="missing", sort="sku") == ["DEAR", "FREE"]
        assert "filter_cost" not in html(as_clerk, {"cost": "missing"})

    @pytest.mark.parametrize(
        "query",
        [
            {"category": "x"},
            {"category": "9" * 40},
            {"category": "-1"},
            {"category": "\x00"},
            {"brand": "1 OR 1=1"},
            {"stock": "plenty"},
            {"status": "deleted"},
            {"size": "1e9"},
            {"size": "-25"},
            {"sort": "-__class__"},
            {"page": "abc"},
            {"page": "-3"},
            {"page": "99999"},
            {"page": "9" * 5000},
            {"page": "1.5"},
            {"nothing": "[]"},
        ],
    )
    def test_nonsense_is_ignored(
        self, as_regular: Client, query: dict[str, str]
    ) -> None:
        make_product(sku="HERE", category=make_category())
        assert skus(as_regular, **query) == ["HERE"]


class TestLocation:
    def test_what_stands_there_with_its_shelf(self, as_regular: Client) -> None:
        back = make_location()
        make_product(sku="MAIN", stock=2)
        product = make_product(sku="BACK")
        receive(product, 3, location=back)
        assign_shelves(shelves={place_of(product, back): "R-01"})
        assert skus(as_regular, location=back.pk) == ["BACK"]
        assert "R-01" in html(as_regular, {"location": back.pk})
        assert "R-01" not in html(as_regular)

    def test_one_location_needs_no_filter_and_shows_the_shelf(
        self, as_regular: Client
    ) -> None:
        product = make_product(stock=2)
        assign_shelves(shelves={place_of(product): "B-04"})
        place = Location.objects.get_default().pk
        page = html(as_regular, {"location": place})
        assert "B-04" in page
        assert 'name="location"' not in page

    @pytest.mark.parametrize("value", ["999", "x", "a\0b", "9" * 40])
    def test_nonsense_counts_as_not_set(self, as_regular: Client, value: str) -> None:
        make_location()
        make_product(sku="A")
        assert skus(as_regular, location=value) == ["A"]
