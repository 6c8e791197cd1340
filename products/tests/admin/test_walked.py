"""The list of products when it is searched or filtered."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.models import Brand, Product
from products.tests.factories import add_many, make_category, make_product

pytestmark = pytest.mark.django_db

PRODUCTS = "/admin/products/product/"


def changes_of(response):
    return response.context["cl"]


def names(response) -> list[str]:
    return [row.name for row in changes_of(response).result_list]


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def link(response, label: str) -> str:
    """Return the address of a link in the line of pages; "" without it."""
    pages = {page.label: page.url for page in changes_of(response).pages}
    return PRODUCTS + pages[label] if pages.get(label) else ""


@pytest.fixture
def mugs(short) -> list[str]:
    for number in reversed(range(10)):  # the latest change comes first
        make_product(name=f"Mug {number}", sku=f"MUG{number}")
        make_product(name=f"Vase {number}", sku=f"VASE{number}")
    return [f"Mug {number}" for number in range(10)]


def walk(browse, response, label: str) -> list[list[str]]:
    pages = [names(response)]
    while link(response, label):
        response = browse.get(link(response, label))
        pages.append(names(response))
    return pages


def test_forward_and_back(browse, mugs):
    every = [mugs[:4], mugs[4:8], mugs[8:]]
    first = browse.get(PRODUCTS, {"q": "mug"})
    assert walk(browse, first, "Next") == every
    last = browse.get(link(first, "Last"))
    assert walk(browse, last, "Previous") == [mugs[6:], mugs[2:6], mugs[:4]]
    assert names(browse.get(link(last, "First"))) == mugs[:4]


def test_no_way_leads_off_the_ends(browse, mugs):
    first = browse.get(PRODUCTS, {"q": "mug"})
    assert not link(first, "Previous")
    assert not link(first, "First")
    last = browse.get(link(first, "Last"))
    assert not link(last, "Next")
    assert not changes_of(browse.get(PRODUCTS, {"q": "mug 7"})).pages


def test_a_row_that_went_meanwhile_leads_to_the_first_page(browse, mugs):
    address = link(browse.get(PRODUCTS, {"q": "mug"}), "Next")
    Product.objects.get(name="Mug 3").delete()
    assert names(browse.get(address))[0] == "Mug 0"


@pytest.mark.parametrize("column", ["price", "available", "sku", "updated_at"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_any_order(browse, short, column, sign):
    for number in range(6):
        price = Decimal(number // 2) if number > 1 else None
        make_product(name=f"Mug {number}", stock=number // 2, price=price)
    at = changes_of(browse.get(PRODUCTS)).list_display.index(column)
    first = browse.get(PRODUCTS, {"q": "mug", "o": f"{sign}{at}"})
    rows = [name for page in walk(browse, first, "Next") for name in page]
    assert sorted(rows) == [f"Mug {number}" for number in range(6)]
    assert len(rows) == 6
    values = [getattr(Product.objects.get(name=name), column) for name in rows]
    there = [value for value in values if value is not None]
    assert there == sorted(there, reverse=bool(sign))


def test_filters_narrow_what_is_found(browse, mugs):
    kitchen, linden = make_category("Kitchen"), Brand.objects.create(name="Linden")
    Product.objects.filter(name__in=["Mug 1", "Vase 1"]).update(category=kitchen)
    Product.objects.filter(name__in=["Mug 1", "Mug 2"]).update(brand=linden)
    both = {"category__id__exact": kitchen.pk, "brand__id__exact": linden.pk}
    assert names(browse.get(PRODUCTS, both)) == ["Mug 1"]
    assert names(
        browse.get(PRODUCTS, {"q": "vase"} | {"category__isnull": "False"})
    ) == ["Vase 1"]
    none = {"brand__isnull": "True", "q": "mug", "status__exact": "active"}
    assert names(browse.get(PRODUCTS, none)) == ["Mug 0", "Mug 3", "Mug 4", "Mug 5"]


def test_how_many_is_said_when_asked(browse, mugs):
    first = browse.get(PRODUCTS, {"q": "mug"})
    assert "4+ results" in text_of(first)
    counted = browse.get(PRODUCTS + changes_of(first).count_url)
    assert "10 results" in text_of(counted)
    assert names(counted) == mugs[:4]
    assert "1 result " in text_of(browse.get(PRODUCTS, {"q": "mug 7"}))
    make_product(name="Mug more")
    counted = browse.get(PRODUCTS + changes_of(first).count_url)
    assert "10+ results" in text_of(counted)


def test_nothing_is_counted_unasked(browse, mugs):
    with CaptureQueriesContext(connection) as context:
        browse.get(PRODUCTS, {"q": "mug", "status__exact": "active"})
    assert not [q for q in context if "COUNT(" in q["sql"]]


@pytest.mark.parametrize("query", [{"q": "mug"}, {"q": "mug", "p": "-1"}])
def test_queries_do_not_grow(browse, mugs, query):
    browse.get(PRODUCTS, query)
    with CaptureQueriesContext(connection) as few:
        assert len(names(browse.get(PRODUCTS, query))) == 4
    for number in range(20):
        make_product(name=f"Mug x{number}", category=make_category(f"C{number}"))
    with CaptureQueriesContext(connection) as many:
        browse.get(PRODUCTS, query)
    assert len(many) == len(few)


@pytest.mark.parametrize(
    "place",
    ["after-", "before-x", "after-0", "before-0", "after--1", "after-²", "before-1\n"],
)
def test_a_place_that_is_none_is_the_first_page(browse, mugs, place):
    response = browse.get(PRODUCTS, {"q": "mug", "p": place})
    assert names(response) == mugs[:4]


@pytest.mark.parametrize("place", ["0", "x", "1'", "9" * 30, "after-" + "9" * 18])
def test_nor_is_any_other_nonsense_an_error(browse, mugs, place):
    response = browse.get(PRODUCTS, {"q": "mug", "p": place})
    assert names(response) == mugs[:4]


class TestCodes:
    def test_list_the_product_and_what_begins_so(self, browse):
        for name, sku in (("Long", "MUG-10"), ("Mine", "MUG-1"), ("Other", "MUG-2")):
            make_product(name=name, sku=sku)
        make_product(name="Lid of MUG-1")
        response = browse.get(PRODUCTS, {"q": " mug-1 "})
        assert names(response) == ["Mine", "Long"]
        assert changes_of(response).queryset.count() == 2

    @pytest.mark.parametrize(("text", "count"), [("mug-1", 1), ("mug", 2)])
    def test_are_found_without_a_walk(self, browse, text, count):
        add_many(30)
        make_product(sku="MUG-1"), make_product(sku="MUG-2")
        with CaptureQueriesContext(connection) as context:
            browse.get(PRODUCTS, {"q": text})
        sorted_by_key = [q for q in context if 'AS "pk"' in q["sql"].replace("`", '"')]
        assert len(sorted_by_key) == count

    def test_barcode_is_one(self, browse):
        make_product(name="Mine", barcode="4006381333931")
        make_product(name="Other", barcode="4006381333948")
        assert names(browse.get(PRODUCTS, {"q": "4006381333931"})) == ["Mine"]

    def test_of_no_product_are_words(self, browse):
        make_product(name="Lid of MUG-1")
        assert names(browse.get(PRODUCTS, {"q": "mug-1"})) == ["Lid of MUG-1"]

    def test_are_narrowed_by_filters(self, browse):
        make_product(name="Mine", sku="MUG-1", status="active")
        make_product(name="Long", sku="MUG-10", status="draft")
        asked = {"q": "mug-1", "status__exact": "draft"}
        assert names(browse.get(PRODUCTS, asked)) == ["Long"]
