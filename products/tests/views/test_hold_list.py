"""/stock/holds"""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from products.models import Hold, Operation, Product
from products.services.deleting import delete_product
from products.services.reservations import fulfil_holds, release_holds
from products.tests.factories import by, make_location, make_product
from products.tests.views.holds import hold, hold_until_an_hour_ago

pytestmark = pytest.mark.django_db

URL = reverse("products:hold_list")


def html(client: Client, query: str = "") -> str:
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    return str(response.content.decode())


def shown(client: Client, query: str = "") -> list[tuple[str, list[tuple[str, str]]]]:
    """Each heading with SKU and state of the holds under it."""
    requests = client.get(f"{URL}?{query}").context["requests"]
    return [
        (request.reference, [(line.hold.sku, line.state) for line in request.lines])
        for request in requests
    ]


@pytest.fixture
def holds() -> list[Product]:
    """One in each state, the newest request last."""
    names = ["OPEN", "GONE", "SOLD", "LATE"]
    products = [make_product(sku=name, stock=9) for name in names]
    hold((products[0], 1), reference="Order 1")
    release_holds(
        hold_ids=hold((products[1], 1), reference="Order 2"), circumstances=by()
    )
    fulfil_holds(
        hold_ids=hold((products[2], 1), reference="Order 3"), circumstances=by()
    )
    hold_until_an_hour_ago(products[3], 1, reference="Order 4")
    return products


class TestStates:
    @pytest.mark.parametrize(
        ("query", "orders"),
        [
            ("", ["Order 1"]),
            ("show=open", ["Order 1"]),
            ("show=released", ["Order 2"]),
            ("show=fulfilled", ["Order 3"]),
            ("show=expired", ["Order 4"]),
            ("show=all", ["Order 1", "Order 4", "Order 3", "Order 2"]),
            ("show=nonsense", ["Order 1"]),
        ],
    )
    def test_filter(
        self, as_regular: Client, holds: list[Product], query: str, orders: list[str]
    ) -> None:
        assert [reference for reference, _lines in shown(as_regular, query)] == orders

    def test_expired_at_once_although_nobody_tidied(self, as_clerk: Client) -> None:
        hold_until_an_hour_ago(make_product(stock=3), 1)
        assert Hold.objects.get().state == Hold.State.OPEN
        page = html(as_clerk, "show=all")
        assert "Expired" in page
        assert 'name="hold"' not in page

    def test_marks_what_ends_soon(self, as_regular: Client) -> None:
        product = make_product(stock=9)
        now = timezone.now()
        hold((product, 1), until=now + timedelta(minutes=20, seconds=30))
        hold((product, 1), until=now + timedelta(hours=3))
        hold((product, 1))
        page = html(as_regular)
        assert page.count("status-low") == 1
        assert "20\xa0minutes left" in page
        assert "until released" in page


class TestRequests:
    def test_what_was_asked_for_together_stands_together(
        self, as_clerk: Client
    ) -> None:
        first, second = (make_product(sku=sku, stock=9) for sku in ("A", "B"))
        hold((first, 2), (second, 3), reference="Order 7")
        hold((first, 1), reference="Order 8")
        assert shown(as_clerk) == [
            ("Order 8", [("A", "open")]),
            ("Order 7", [("A", "open"), ("B", "open")]),
        ]
        assert "5 units in 2 holds" in html(as_clerk)

    def test_whose_request_it_is(self, as_regular: Client) -> None:
        hold((make_product(stock=9), 1))
        page = html(as_regular)
        operation = Operation.objects.get(kind="stock_held")
        assert "No reference" in page
        assert "Tess Tester" in page
        assert reverse("products:operation_detail", args=[operation.pk]) in page

    def test_its_buttons_name_its_live_holds(self, as_clerk: Client) -> None:
        products = [make_product(stock=9) for _each in range(3)]
        ids = hold(*((product, 1) for product in products))
        release_holds(hold_ids=ids[:1], circumstances=by())
        page = html(as_clerk, "show=all")
        address = reverse("products:hold_fulfil")
        assert f'href="{address}?hold={ids[1]}&amp;hold={ids[2]}"' in page


class TestSearch:
    @pytest.mark.parametrize(
        "text", ["order 77", "mug-1", "BLUE", "crème blue", "  77  mug", "ordeR"]
    )
    def test_by_reference_sku_or_name(self, as_regular: Client, text: str) -> None:
        product = make_product(sku="MUG-1", name="Crème mug, blue", stock=5)
        hold((product, 1), reference="Order 77")
        hold((make_product(sku="X", name="Other", stock=5), 1), reference="No 78")
        assert [lines for _name, lines in shown(as_regular, f"find={text}")] == [
            [("MUG-1", "open")]
        ]

    @pytest.mark.parametrize(
        "query",
        [
            *("find=%00", "find=%25", "find=" + "x" * 5_000, "show=%00"),
            *("product=x", "product=-1", f"product={9**40}", "request=0"),
            *("page=x", "page=99"),
        ],
    )
    def test_what_makes_no_sense(
        self, as_regular: Client, holds: list[Product], query: str
    ) -> None:
        html(as_regular, query)

    def test_of_one_product_or_request_in_any_state(
        self, as_regular: Client, holds: list[Product]
    ) -> None:
        sold = holds[2]
        (line,) = shown(as_regular, f"product={sold.pk}")
        assert line == ("Order 3", [("SOLD", "fulfilled")])
        request = Hold.objects.get(product=sold).operation_id
        assert shown(as_regular, f"request={request}") == [line]
        assert shown(as_regular, f"request={request}&show=open") == []
        assert shown(as_regular, f"id={sold.holds.get().pk}") == [line]

    def test_nothing_matches(self, as_regular: Client) -> None:
        assert "No hold matches" in html(as_regular, "find=nobody")


class TestWho:
    def test_nothing_held(self, as_clerk: Client, client: Client) -> None:
        page = html(as_clerk)
        assert "Nothing is held" in page
        assert page.count(reverse("products:hold_add")) == 2

    def test_who_only_looks(self, as_regular: Client) -> None:
        hold((make_product(stock=5), 1))
        page = html(as_regular)
        for name in ("add", "renew", "release", "fulfil"):
            assert reverse(f"products:hold_{name}") + '"' not in page
            assert reverse(f"products:hold_{name}") + "?" not in page
        assert 'type="checkbox"' not in page

    def test_fulfilling_takes_the_permission_to_move(
        self, as_clerk: Client, clerk: Any
    ) -> None:
        moves = Permission.objects.get(codename="adjust_stock")
        clerk.groups.get().permissions.remove(moves)
        hold((make_product(stock=5), 1))
        page = html(as_clerk)
        assert reverse("products:hold_fulfil") not in page
        assert reverse("products:hold_release") in page


def test_one_location_is_never_mentioned(as_clerk: Client) -> None:
    hold((make_product(stock=5), 1))
    page = html(as_clerk)
    assert "Main store" not in page
    assert "ocation" not in page
    make_location()
    assert "Main store" in html(as_clerk)


def test_a_product_deleted_since(as_regular: Client) -> None:
    product = make_product(sku="GONE", stock=5)
    release_holds(hold_ids=hold((product, 1)), circumstances=by())
    delete_product(product_id=product.pk, circumstances=by())
    assert "deleted since" in html(as_regular, "show=all")


@pytest.mark.parametrize("count", [1, 20])
def test_queries(
    as_admin: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(count):
        hold((make_product(stock=5), 1), (make_product(stock=5), 1))
    with django_assert_num_queries(5):
        html(as_admin, "show=all")


def test_pages(as_regular: Client) -> None:
    product = make_product(stock=99)
    for _each in range(60):
        hold((product, 1))
    assert "51–60 of 60" in html(as_regular, "page=2")
