"""The dashboard as htmx gets it: the list alone, under an address worth keeping."""

import pytest
from django.test import Client
from django.urls import reverse

from products.tests.factories import make_product

pytestmark = pytest.mark.django_db

URL = reverse("products:dashboard")
HTMX = {"HX-Request": "true"}


def test_gets_list_and_figures_without_the_frame(as_admin: Client) -> None:
    make_product(name="Blue mug")
    page = as_admin.get(URL, headers=HTMX).content.decode()
    assert "<html" not in page
    assert "Blue mug" in page
    assert "Units on hand" in page
    assert "1 product found" in page


def test_address_without_what_is_not_set(as_admin: Client) -> None:
    make_product()
    headers = HTMX | {"HX-Current-URL": f"http://testserver{URL}"}
    query = {"q": "blue mug", "stock": "", "sort": "", "size": "50", "brand": "x"}
    response = as_admin.get(URL, query, headers=headers)
    assert response["HX-Push-Url"] == f"{URL}?q=blue+mug&size=50"


def test_the_place_stays_in_the_address(as_admin: Client) -> None:
    for _number in range(26):
        make_product()
    after = as_admin.get(URL).context["next_url"]
    headers = HTMX | {"HX-Current-URL": f"http://testserver{URL}"}
    assert as_admin.get(after, headers=headers)["HX-Push-Url"] == after


def test_typing_on_replaces_the_address(as_admin: Client) -> None:
    make_product()
    headers = HTMX | {"HX-Current-URL": f"http://testserver{URL}?q=mu"}
    response = as_admin.get(URL, {"q": "mug"}, headers=headers)
    assert response["HX-Replace-Url"] == f"{URL}?q=mug"
    assert "HX-Push-Url" not in response


def test_a_refresh_leaves_the_history_alone(as_admin: Client) -> None:
    make_product()
    headers = HTMX | {"HX-Current-URL": f"http://testserver{URL}?stock=out"}
    response = as_admin.get(URL, {"stock": "out"}, headers=headers)
    assert "HX-Push-Url" not in response
    assert "HX-Replace-Url" not in response


def test_no_address_to_come_from(as_admin: Client) -> None:
    response = as_admin.get(URL, headers=HTMX | {"HX-Current-URL": "http://["})
    assert response.status_code == 200
    assert "HX-Push-Url" not in response


def test_browsers_keep_part_and_page_apart(as_admin: Client) -> None:
    assert "HX-Request" in as_admin.get(URL)["Vary"]
