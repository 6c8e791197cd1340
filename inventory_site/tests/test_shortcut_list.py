"""The list of shortcuts, and the switch of those that are a single key."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from inventory_site.shortcuts import GOINGS
from products.tests.factories import make_location, make_product

pytestmark = pytest.mark.django_db


def listed(client: Client) -> str:
    return client.get(reverse("shortcut_list")).content.decode()


def test_each_letter_leads_to_a_page_of_the_navigation(
    client: Client, admin: User
) -> None:
    make_product()
    make_location("FAR")
    client.force_login(admin)
    shown = client.get(reverse("products:dashboard")).content.decode()
    letters = set(re.findall(r'data-go="(.)"', shown))
    assert letters == {going.letter for going in GOINGS}
    assert len(letters) == len(GOINGS)


def test_lists_what_the_reader_may_open(
    client: Client, regular: User, admin: User
) -> None:
    for person, sees in ((regular, False), (admin, True)):
        client.force_login(person)
        page = listed(client)
        assert "<kbd>?</kbd>" in page
        assert ("Go to “Receive”" in page) is sees


def test_is_switched_off_and_on_again(client: Client, regular: User) -> None:
    client.force_login(regular)
    address = reverse("shortcut_list")
    response = client.post(address, {"switch": "off"})
    assert response["Location"] == address
    assert client.cookies["shortcuts"].value == "off"
    assert not client.cookies["shortcuts"]["httponly"]  # the script reads it
    assert "switched off" in listed(client)
    client.post(address, {"switch": "on"})
    assert not client.cookies["shortcuts"].value
    assert "Switch single keys off" in listed(client)


def test_cookie_belongs_to_this_host_alone_under_https(
    client: Client, regular: User, settings: Settings
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    client.force_login(regular)
    client.post(reverse("shortcut_list"), {"switch": "off"}, secure=True)
    cookie = client.cookies["__Host-shortcuts"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
    page = client.get(reverse("shortcut_list"), secure=True).content.decode()
    assert "switched off" in page


def test_the_dialog_answers_with_itself(client: Client, regular: User) -> None:
    client.force_login(regular)
    response = client.post(
        reverse("shortcut_list"), {"switch": "off"}, headers={"HX-Request": "true"}
    )
    assert "Switch single keys on" in response.content.decode()
    assert "<html" not in response.content.decode()


def test_other_methods_are_refused(client: Client, regular: User) -> None:
    client.force_login(regular)
    assert client.delete(reverse("shortcut_list")).status_code == 405
