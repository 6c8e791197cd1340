"""What the error pages say; that each comes up at all is test_errors.py."""

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.urls import reverse

from accounts.models import User
from products.models import Product
from products.tests.factories import make_product


def test_an_unknown_address_is_a_page_of_the_site(client: Client, regular: User):
    client.force_login(regular)
    response = client.get("/nothing-here")
    assert response.status_code == 404
    assert "Rosa Regular: your profile" in response.text


@pytest.mark.django_db
def test_an_unknown_address_shows_nothing_of_the_shop_to_strangers(client: Client):
    response = client.get("/nothing-here")
    assert response.status_code == 404
    assert "There is nothing at this address" in response.text
    assert "Deleted products" not in response.text
    assert "Search products" not in response.text


def test_a_page_of_another_role_says_who_can_help(client: Client, regular: User):
    client.force_login(regular)
    response = client.get("/account/people")
    assert response.status_code == 403
    assert "An admin of this shop can give you a role" in response.text


@pytest.mark.django_db
def test_a_form_without_its_token_says_how_to_go_on():
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/login", {"email": "rosa@example.com"})
    assert response.status_code == 403
    assert "This form is too old" in response.text
    assert 'href="/login"' in response.text


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError("database is locked"), 503, "The shop is busy writing"),
        (OperationalError(1205, "Lock wait timeout"), 503, "not saved. Go back"),
        (OperationalError("disk I/O error"), 500, "Something broke on our side"),
        (ValueError("database is locked"), 500, "Something broke on our side"),
    ],
)
def test_a_busy_database_is_said_to_be_busy(
    client: Client, admin: User, monkeypatch, error, status, words
):
    def fail(_view: object, **_details: object) -> None:
        raise error

    monkeypatch.setattr(
        "products.views.location_list.LocationListView.get_context_data", fail
    )
    client.force_login(admin)
    client.raise_request_exception = False
    response = client.get(reverse("products:location_list"))
    assert response.status_code == status
    assert words in response.text
    assert response.has_header("Retry-After") == (status == 503)


@pytest.mark.parametrize("rows", [0, 1])
def test_a_database_that_breaks_off_is_no_damage(
    client: Client, admin: User, monkeypatch: pytest.MonkeyPatch, rows: int
):
    """Neither of the row that came last nor of one that never came."""
    make_product(sku="B", stock=1)
    fetch = iter(range(rows))

    def fetch_some(cursor: CursorWrapper, size: int) -> object:
        if next(fetch, None) is None:
            raise OperationalError("database is locked")
        return cursor.cursor.fetchmany(1)

    def fail(_view: object, **_details: object) -> None:
        monkeypatch.setattr(CursorWrapper, "fetchmany", fetch_some, raising=False)
        try:
            list(Product.objects.iterator())
        finally:
            monkeypatch.delattr(CursorWrapper, "fetchmany")

    monkeypatch.setattr(
        "products.views.location_list.LocationListView.get_context_data", fail
    )
    client.force_login(admin)
    client.raise_request_exception = False
    response = client.get(reverse("products:location_list"))
    assert response.status_code == 503
