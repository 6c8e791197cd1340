"""Long plans: all of what would happen can be looked at, page by page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from products.models import Product
from products.tests.factories import make_product, reload
from products.tests.views.bulking import chosen, confirm, kept_by, show
from products.views.bulk import KINDS

pytestmark = pytest.mark.django_db

URL = reverse("products:bulk_archive")


@pytest.fixture(autouse=True)
def pages_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("products.views.bulk.ROWS", 2)


@pytest.fixture
def mugs() -> list[Product]:
    return [make_product(name=f"Mug {n}") for n in range(5)]


def turn(client: Client, page: Any, kind: str, number: Any) -> Any:
    """Press a button of the pager, as the page with its plan stands."""
    pages = {f"{one}_page": page.context[one].number for one in KINDS}
    return client.post(URL, kept_by(page) | pages | {"turn": f"{kind}:{number}"})


def test_every_product_is_on_a_page(as_admin: Client, mugs: list[Product]) -> None:
    page = show(as_admin, URL, chosen(*mugs))
    seen = []
    for number in (1, 2, 3):
        page = turn(as_admin, page, "changing", number)
        seen += [row.sku for row in page.context["changing"]]
        assert reload(mugs[0]).status == Product.Status.ACTIVE
    assert sorted(seen) == sorted(mug.sku for mug in mugs)
    assert "5–5 of 5" in page.text


def test_confirms_all_from_any_page(as_admin: Client, mugs: list[Product]) -> None:
    page = turn(as_admin, show(as_admin, URL, chosen(*mugs)), "changing", 2)
    assert "Archive 5 products" in page.text
    confirm(as_admin, page)
    assert {reload(mug).status for mug in mugs} == {Product.Status.ARCHIVED}


def test_each_kind_has_its_pages(as_admin: Client, mugs: list[Product]) -> None:
    gone = [make_product(status="archived") for _ in range(3)]
    page = show(as_admin, URL, chosen(*mugs, *gone))
    page = turn(as_admin, turn(as_admin, page, "same", 2), "changing", 3)
    assert "3–3 of 3" in page.text
    assert "5–5 of 5" in page.text


@pytest.mark.parametrize(
    ("asked", "first"), [("", 1), ("x", 1), ("0", 5), ("9" * 40, 5), ("-1", 5)]
)
def test_a_page_that_is_not_there(
    as_admin: Client, mugs: list[Product], asked: str, first: int
) -> None:
    page = turn(as_admin, show(as_admin, URL, chosen(*mugs)), "changing", asked)
    assert page.context["changing"].start_index() == first


def test_a_new_plan_begins_with_its_first_page(
    as_admin: Client, mugs: list[Product]
) -> None:
    page = turn(as_admin, show(as_admin, URL, chosen(*mugs)), "changing", 2)
    again = as_admin.post(URL, kept_by(page) | {"changing_page": 2})
    assert again.context["changing"].number == 1


def test_a_short_one_has_no_pages(as_admin: Client, mugs: list[Product]) -> None:
    page = show(as_admin, URL, chosen(*mugs[:2]))
    assert "changing_page" not in page.text
