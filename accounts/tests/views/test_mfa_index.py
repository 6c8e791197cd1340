"""The page of the second factor, and who is kept on it."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.tests.factors import give_app
from accounts.tests.people import make_user, signed_in_as

pytestmark = pytest.mark.django_db


def test_shows_what_one_has() -> None:
    person = make_user()
    client = signed_in_as(person)
    assert "Set up an app" in client.get("/account/second-factor").text
    give_app(person)
    page = client.get("/account/second-factor").text
    assert "Remove the app" in page
    assert "10 codes are left" in page


class TestRequiredOfAdmins:
    @pytest.fixture(autouse=True)
    def _required(self, settings: Settings) -> None:
        settings.REQUIRE_MFA_FOR_ADMINS = True

    @pytest.mark.parametrize(
        "address",
        [
            "/dashboard",
            "/admin/",
            "/account/profile",
            "/account/people",
            "/add_product",
        ],
    )
    def test_admin_without_one_is_led_to_the_set_up(
        self, admin_client: Client, owner_client: Client, address: str
    ) -> None:
        for client in (admin_client, owner_client):
            assert client.get(address)["Location"] == "/account/second-factor"

    def test_nothing_is_posted_past_it(self, admin_client: Client, admin: User) -> None:
        admin_client.post("/account/profile", {"name": "Other"})
        admin.refresh_from_db()
        assert admin.name == "Ada Admin"

    def test_htmx_leads_the_whole_page_there(self, admin_client: Client) -> None:
        response = admin_client.get("/dashboard", headers={"HX-Request": "true"})
        assert response["HX-Redirect"] == "/account/second-factor"

    def test_set_up_and_the_way_out_are_open(self, admin_client: Client) -> None:
        page = admin_client.get("/account/second-factor")
        assert "Set up a second factor to go on" in page.text
        asked = admin_client.get("/account/second-factor/app")["Location"]
        assert asked.startswith("/account/again/password?next=")
        assert admin_client.get(asked).status_code == 200
        assert admin_client.post("/logout")["Location"] == "/login"

    def test_admin_with_one_goes_on(self, admin_client: Client, admin: User) -> None:
        give_app(admin)
        assert admin_client.get("/admin/").status_code == 200
        assert admin_client.get("/dashboard").status_code == 200

    def test_others_are_not_asked(self, clerk: User) -> None:
        assert signed_in_as(clerk).get("/dashboard").status_code == 200

    def test_admin_is_not_asked_where_it_is_off(
        self, admin_client: Client, settings: Settings
    ) -> None:
        settings.REQUIRE_MFA_FOR_ADMINS = False
        assert admin_client.get("/admin/").status_code == 200
