"""What the error pages say; that each comes up at all is test_errors.py."""

import pytest
from django.test import Client

from accounts.models import User


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
