import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.tests.people import make_user

pytestmark = pytest.mark.django_db

NEW = {"password1": "eight brown owls", "password2": "eight brown owls"}


def ask(client: Client, person: User):
    return client.post(f"/account/people/{person.pk}/reset-link", follow=True)


def test_link_is_shown_once_and_sets_a_password(owner_client: Client) -> None:
    person = make_user()
    link = ask(owner_client, person).context["link"]["url"]
    assert link not in owner_client.get("/account/people").text
    visitor = Client()
    visitor.post(visitor.get(link)["Location"], NEW)
    person.refresh_from_db()
    assert person.check_password(NEW["password1"])
    assert "This link was used already" in Client().get(link).text


def test_link_begins_where_the_site_is_reached(
    owner_client: Client, settings: Settings
) -> None:
    settings.SITE_URL = "https://shop.example"
    link = ask(owner_client, make_user()).context["link"]["url"]
    assert link.startswith("https://shop.example/account/password/reset/")


def test_nobody_becomes_an_admin_by_an_admins_link(
    admin_client: Client, owner: User
) -> None:
    response = ask(admin_client, owner)
    assert response.context["link"] is None
    assert "Only a superuser can change an admin" in response.text


def test_unknown_person(owner_client: Client) -> None:
    assert owner_client.post("/account/people/999/reset-link").status_code == 404


def test_wrong_method(owner_client: Client, clerk: User) -> None:
    assert owner_client.get(f"/account/people/{clerk.pk}/reset-link").status_code == 405
