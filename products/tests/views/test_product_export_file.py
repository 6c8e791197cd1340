"""products:product_export_file."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from products.exporting.registry import EXPORTS
from products.models import Product
from products.tests.factories import make_category, make_product

pytestmark = pytest.mark.django_db

ADDRESS = reverse("products:product_export_file")
PAGE = reverse("products:product_export")


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def skus(client: Client, **query: str) -> list[str]:
    response = client.get(ADDRESS, {"format": "native", "scope": "shown", **query})
    text = body(response).decode("utf-8-sig")
    return [row["sku"] for row in csv.DictReader(io.StringIO(text))]


@pytest.fixture
def shop(as_admin: Client) -> Client:
    """Three products that the list shows, one that it doesn't."""
    kitchen = make_category("Kitchen")
    make_product(sku="A", name="Blue mug", price=3, cost="6.5", category=kitchen)
    make_product(sku="B", name="Blue bowl", price=1)
    make_product(sku="C", name="Red mug", price=2, stock=4)
    make_product(sku="D", name="Old mug", status=Product.Status.ARCHIVED)
    return as_admin


def test_the_list_as_it_is_shown(shop):
    assert skus(shop, sort="sku") == ["A", "B", "C"]
    assert skus(shop, sort="-price") == ["A", "C", "B"]
    assert skus(shop, q="mug", sort="price") == ["C", "A"]
    assert skus(shop, stock="in_stock") == ["C"]
    assert skus(shop, status="archived") == ["D"]


def test_its_categories_and_what_was_searched_for_first(shop):
    kitchen = Product.objects.get(sku="A").category_id
    assert skus(shop, category=str(kitchen)) == ["A"]
    make_product(sku="MUG", name="A mug like no other")
    assert skus(shop, q="mug", sort="-sku") == ["MUG", "C", "A"]


def test_all_its_pages(shop):
    for number in range(30):
        make_product(sku=f"N{number:02}")
    assert len(skus(shop, page="2", size="25")) == 33


def test_everything(shop):
    assert skus(shop, scope="all", q="bowl", sort="-sku") == ["A", "B", "C", "D"]


def test_nothing_found_is_a_file_with_the_header_alone(shop):
    response = shop.get(ADDRESS, {"format": "native", "scope": "shown", "q": "zebra"})
    (header,) = body(response).decode("utf-8-sig").splitlines()
    assert header.startswith("sku,name,")


def test_csv(shop):
    response = shop.get(ADDRESS, {"format": "native", "scope": "all"})
    today = f"{timezone.localdate():%Y-%m-%d}"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == (
        f'attachment; filename="products-{today}.csv"'
    )
    assert ",6.5," in body(response).decode()


def test_xlsx(shop):
    response = shop.get(ADDRESS, {"format": "xlsx", "scope": "all"})
    sheet = load_workbook(io.BytesIO(body(response))).active
    header, first, *_others = sheet.values
    row = dict(zip(header, first, strict=True))
    assert (row["sku"], row["price"], row["cost"]) == ("A", 3, 6.5)


@pytest.mark.parametrize("code", EXPORTS)
def test_every_format_is_sent_under_its_name(shop, code):
    response = shop.get(ADDRESS, {"format": code, "scope": "all"})
    assert response["Content-Type"] == EXPORTS[code].media_type
    assert EXPORTS[code].file_name() in response["Content-Disposition"]
    assert body(response)


def test_without_view_cost_there_is_no_cost(shop, client, clerk):
    clerk.user_permissions.add(Permission.objects.get(codename="export_products"))
    client.force_login(clerk)
    response = client.get(ADDRESS, {"format": "native", "scope": "all"})
    text = body(response).decode()
    assert "cost" not in text
    assert "6.5" not in text
    # Nor is it a filter: what is left out of the list must not show through it.
    response = client.get(
        ADDRESS, {"format": "native", "scope": "shown", "cost": "missing"}
    )
    assert "Red mug" in body(response).decode()
    assert (
        "Blue mug" in body(client.get(response.wsgi_request.get_full_path())).decode()
    )


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"format": "exe", "scope": "all"},
        {"format": "native", "scope": "some"},
        {"format": "native"},
        {"format": "native", "scope": "shown", "category": "999"},
        {"format": "native", "scope": "shown", "status": "lost"},
        {"format": "native", "scope": "shown", "sort": "colour"},
    ],
)
def test_what_makes_no_sense_leads_to_the_page(shop, query):
    response = shop.get(ADDRESS, query)
    assert response.status_code == 302
    assert response["Location"].startswith(f"{PAGE}?")


def test_a_search_for_anything_is_harmless(shop):
    assert skus(shop, q="\0%' OR 1=1 --\ud7ff") == []


def test_filters_of_a_list_nobody_asked_for_do_no_harm(shop):
    assert skus(shop, scope="all", category="999") == ["A", "B", "C", "D"]


def test_clerks_may_not(as_clerk):
    assert as_clerk.get(ADDRESS).status_code == 403


def test_only_get_is_answered(shop):
    assert shop.post(ADDRESS).status_code == 405
