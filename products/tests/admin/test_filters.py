"""Filters of the admin's lists."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.models import Brand
from products.tests.factories import adjust, make_category, make_product

pytestmark = pytest.mark.django_db

PRODUCTS = "/admin/products/product/"
MOVEMENTS = "/admin/products/stockmovement/"
OPERATIONS = "/admin/products/operation/"


def changes_of(response):
    return response.context["cl"]


def names(response) -> list[str]:
    return [row.name for row in changes_of(response).result_list]


class TestFilters:
    def test_a_brand_is_chosen_in_a_box(self, browse):
        brand = Brand.objects.create(pk=1_234, name="Linden")
        make_product(name="Mine", brand=brand)
        make_product(name="Other")
        response = browse.get(PRODUCTS, {"brand__id__exact": brand.pk, "q": "mine"})
        page = response.content.decode()
        assert names(response) == ["Mine"]
        assert f'<option value="{brand.pk}" selected>Linden</option>' in page
        assert '<input type="hidden" name="q" value="mine">' in page
        assert 'data-field-name="brand"' in page

    def test_a_box_speaks_the_language_of_each(self, browse, admin):
        for language, name, every in (("en", "brand", "All"), ("de", "Marke", "Alle")):
            admin.language = language
            admin.save(update_fields=["language"])
            page = browse.get(PRODUCTS).content.decode()
            box = next(
                it for it in page.split("<select") if f'aria-label="{name}"' in it
            )
            assert f'data-placeholder="{every}"' in box
            assert f'lang="{language}"' in box
            assert f"select2/i18n/{language}" in page

    def test_each_box_asks_for_its_own(self, browse):
        page = browse.get(PRODUCTS).content.decode()
        boxes = re.findall(r'data-field-name="(\w+)".*? name="(\w+)"', page)
        assert boxes == [
            (name, f"{name}__id__exact") for name in ("category", "brand", "group")
        ]

    def test_other_brands_are_not_read(self, browse):
        Brand.objects.create(name="Never shown")
        with CaptureQueriesContext(connection) as context:
            page = browse.get(PRODUCTS).content.decode()
        assert "Never shown" not in page
        assert not [q for q in context if "products_brand" in q["sql"]]
        asked = [q["sql"] for q in context if "products_product" in q["sql"]]
        assert not [sql for sql in asked if "DISTINCT" in sql]

    def test_nothing_chosen_is_all(self, browse):
        make_product()
        assert len(names(browse.get(PRODUCTS, {"brand__id__exact": ""}))) == 1

    def test_without_one(self, browse):
        make_product(name="Bare")
        make_product(name="Sorted", category=make_category())
        response = browse.get(PRODUCTS, {"category__isnull": "True"})
        assert names(response) == ["Bare"]

    def test_by_stock(self, browse):
        make_product(name="There", stock=3)
        make_product(name="Gone")
        response = browse.get(PRODUCTS, {"stock_status": "out"})
        assert names(response) == ["Gone"]
        assert '<td class="field-stock">Out</td>' in response.content.decode()

    @pytest.mark.parametrize("value", ["x", "1.5", "-1", "9" * 30, "NaN", "²"])
    @pytest.mark.parametrize(
        "name",
        ["brand__id__exact", "category__isnull", "stock_status", "status__exact"],
    )
    def test_nonsense_is_no_error(self, browse, name, value):
        assert browse.get(PRODUCTS, {name: value}, follow=True).status_code == 200

    @pytest.mark.parametrize(
        "name",
        [
            "description__icontains",
            "name__regex",
            "brand__name__contains",
            "id__in",
            "levels__value__gt",
        ],
    )
    def test_columns_without_a_filter_are_refused(self, browse, name):
        assert browse.get(PRODUCTS, {name: "("}).status_code == 400

    def test_a_column_without_index_is_asked_of_the_newest(self, root, monkeypatch):
        product = make_product(stock=5)
        for _ in range(3):
            adjust(product, -1)
        source = {"source__exact": "site"}
        response = root.get(OPERATIONS, source)
        assert len(changes_of(response).result_list) == 4
        assert "By from, of the newest 10,000" in " ".join(
            response.content.decode().split()
        )
        monkeypatch.setattr("products.admin.searching.NEWEST", 3)
        assert len(changes_of(root.get(OPERATIONS, source)).result_list) == 3

    @pytest.mark.parametrize("more", ["", "&q={sku}", "&product__id__exact={pk}"])
    def test_a_kind_of_all_or_of_one_product(self, root, more):
        one, other = make_product(stock=5), make_product(stock=5)
        adjust(one, -1)
        adjust(other, -1)
        more = more.format(sku=one.sku, pk=one.pk)
        response = root.get(f"{MOVEMENTS}?kind__exact=opening{more}")
        rows = changes_of(response).result_list
        assert {row.kind for row in rows} == {"opening"}
        assert {row.product for row in rows} == ({one} if more else {one, other})

    def test_a_kind_that_is_none_is_no_error(self, root):
        for kind in ("x", "", "'"):
            address = f"{MOVEMENTS}?q=a&kind__exact={kind}"
            assert root.get(address).status_code == 200
            assert root.get(f"{address}&kind__isnull=True").status_code == 200
