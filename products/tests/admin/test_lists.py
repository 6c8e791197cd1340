"""Lists of the admin: their pages from both ends, their orders, their actions."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.models import Product
from products.tests.factories import add_many, make_category, make_product

pytestmark = pytest.mark.django_db

PRODUCTS = "/admin/products/product/"


def changes_of(response):
    return response.context["cl"]


def names(response) -> list[str]:
    return [row.name for row in changes_of(response).result_list]


def numbered(count: int) -> list[str]:
    for number in reversed(range(count)):  # the latest change comes first
        make_product(name=f"P{number:02}")
    return [f"P{number:02}" for number in range(count)]


class TestPages:
    def test_a_short_list_has_all_its_pages(self, browse, short):
        every = numbered(10)
        first, last = browse.get(PRODUCTS), browse.get(PRODUCTS, {"p": "3"})
        assert names(first) + names(browse.get(PRODUCTS, {"p": "2"})) == every[:8]
        assert names(last) == names(browse.get(PRODUCTS, {"p": "-1"})) == every[8:]
        assert "10 products" in first.content.decode()
        assert "10+" not in first.content.decode()

    def test_a_long_list_is_read_from_both_ends(self, browse, short):
        every = numbered(15)
        page = browse.get(PRODUCTS)
        assert "10+ products" in page.content.decode()
        assert '<a href="?p=-1">Last</a>' in page.content.decode()
        assert names(browse.get(PRODUCTS, {"p": "3"})) == every[8:10]
        assert names(browse.get(PRODUCTS, {"p": "-1"})) == every[11:]
        assert names(browse.get(PRODUCTS, {"p": "-2"})) == every[7:11]

    def test_the_gap_is_explained_on_both_sides(self, browse, short):
        numbered(15)
        hint = "Sort, filter or search to see what lies between."
        for page, is_there in (("1", False), ("3", True), ("-3", True), ("-1", False)):
            content = browse.get(PRODUCTS, {"p": page}).content.decode()
            assert (hint in content) == is_there

    @pytest.mark.parametrize("page", ["0", "4", "-4", "99999", "-99999"])
    def test_a_page_that_is_not_there_leads_to_the_list(self, browse, short, page):
        numbered(15)
        response = browse.get(PRODUCTS, {"p": page})
        assert (response.status_code, response.headers["Location"]) == (
            302,
            f"{PRODUCTS}?e=1",
        )

    @pytest.mark.parametrize("page", ["x", "", "1e3", "9" * 5000, "last"])
    def test_a_page_that_is_no_number_is_the_first(self, browse, short, page):
        every = numbered(15)
        assert names(browse.get(PRODUCTS, {"p": page})) == every[:4]

    def test_show_all_is_offered_for_few(self, browse, short):
        every = numbered(9)
        assert names(browse.get(PRODUCTS, {"all": ""})) == every
        assert "Show all" in browse.get(PRODUCTS).content.decode()
        numbered(4)
        assert len(names(browse.get(PRODUCTS, {"all": "", "p": "1"}))) == 4

    @pytest.mark.parametrize("query", [{}, {"p": "2"}, {"p": "-1"}])
    def test_queries_do_not_grow(self, browse, short, query):
        add_many(12)
        browse.get(PRODUCTS)
        with CaptureQueriesContext(connection) as few:
            assert browse.get(PRODUCTS, query).status_code == 200
        for number in range(30):
            make_product(
                name=f"Mug more {number}", category=make_category(f"C{number}")
            )
        with CaptureQueriesContext(connection) as many:
            browse.get(PRODUCTS, query)
        assert len(many) == len(few)


class TestOrders:
    def test_the_key_goes_the_way_of_the_column(self, browse):
        make_product(name="Same"), make_product(name="Same")
        columns = changes_of(browse.get(PRODUCTS)).list_display
        at = columns.index("name")
        down = changes_of(browse.get(PRODUCTS, {"o": f"-{at}"})).result_list
        assert [row.pk for row in down] == sorted((r.pk for r in down), reverse=True)

    @pytest.mark.parametrize("column", ["price", "available", "updated_at", "sku"])
    def test_each_column_with_an_index_sorts(self, browse, column):
        for number in (3, 1, 2):
            make_product(stock=number, price=Decimal(number), sku=f"S{number}")
        at = changes_of(browse.get(PRODUCTS)).list_display.index(column)
        for sign, falls in (("", False), ("-", True)):
            rows = changes_of(browse.get(PRODUCTS, {"o": f"{sign}{at}"})).result_list
            values = [getattr(row, column) for row in rows]
            assert values == sorted(values, reverse=falls)

    @pytest.mark.parametrize("order", ["1", "4", "99", "x", "-", "..", "²", "-9" * 99])
    def test_any_other_is_the_own_order_of_the_list(self, browse, order):
        make_product(name="B", category=make_category("A"))
        make_product(name="A", category=make_category("B"))
        assert names(browse.get(PRODUCTS, {"o": order})) == ["A", "B"]

    def test_only_the_first_of_several_counts(self, browse):
        columns = changes_of(browse.get(PRODUCTS)).list_display
        sku, name = columns.index("sku"), columns.index("name")
        changes = changes_of(browse.get(PRODUCTS, {"o": f"-{sku}.{name}"}))
        assert changes.get_ordering_field_columns() == {sku: "desc"}
        assert changes.queryset.query.order_by == ("-sku", "-pk")


class TestActions:
    def test_what_was_not_counted_is_not_chosen_as_a_whole(self, browse, short):
        numbered(11)
        page = browse.get(PRODUCTS).content.decode()
        assert "Select all" not in page.replace("Select all objects on this page", "")
        chosen = Product.objects.first().pk
        action = {"action": "archive", "_selected_action": chosen, "index": "0"}
        browse.post(PRODUCTS, action | {"select_across": "1"})
        assert not Product.objects.filter(status="archived").exists()
        browse.post(PRODUCTS, action | {"select_across": "0"})
        assert Product.objects.filter(status="archived").count() == 1

    def test_a_short_list_can_be_chosen_as_a_whole(self, browse, short):
        numbered(6)
        assert "Select all 6 products" in browse.get(PRODUCTS).content.decode()
        action = {"action": "archive", "_selected_action": "1", "index": "0"}
        browse.post(PRODUCTS, action | {"select_across": "1"})
        assert Product.objects.filter(status="archived").count() == 6
