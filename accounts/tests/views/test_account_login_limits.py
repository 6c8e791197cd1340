"""How often one may try to sign in, and that no stranger's tries lock anybody out."""

import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.tests.people import PASSWORD, is_signed_in, make_user, typed_in
from accounts.tests.views.test_account_login import MISMATCH, sign_in

pytestmark = pytest.mark.django_db


class TestThrottle:
    def test_sixth_wrong_password_for_an_account_waits(self, client: Client) -> None:
        make_user()
        for _attempt in range(5):
            assert MISMATCH in sign_in(client, password="wrong").text
        response = sign_in(client)
        assert "That was too often. Wait 5 minutes, then try again." in response.text
        assert not is_signed_in(client)

    def test_another_address_or_host_header_is_no_way_around(
        self, client: Client, settings: Settings
    ) -> None:
        settings.ALLOWED_HOSTS = ["*"]
        make_user()
        for attempt in range(5):
            client.post(
                "/login",
                {"email": "Nora@Example.com", "password": "wrong"},
                REMOTE_ADDR=f"10.0.0.{attempt}",
                headers={"host": f"{attempt}.example"},
            )
        response = client.post(
            "/login",
            {"email": "nora@example.com", "password": PASSWORD},
            REMOTE_ADDR="10.0.1.1",
        )
        assert "Wait 5 minutes" in response.text

    def test_somebody_else_on_another_machine_gets_in(self, client: Client) -> None:
        make_user()
        for _attempt in range(6):
            sign_in(client, "other@example.com", password="wrong")
        response = client.post(
            "/login",
            {"email": "nora@example.com", "password": PASSWORD},
            REMOTE_ADDR="10.0.0.1",
        )
        assert response.status_code == 302

    def test_right_passwords_are_not_counted_as_wrong(self, client: Client) -> None:
        make_user()
        for _attempt in range(12):
            assert sign_in(Client()).status_code == 302

    def test_many_posts_from_one_machine_wait(self, client: Client) -> None:
        for _attempt in range(30):
            client.post("/login", {})
        response = client.post("/login", {})
        assert response.status_code == 429
        assert 0 < int(response["Retry-After"]) <= 60
        assert "That was too often" in response.text

    def test_stranger_cannot_lock_anybody_out_of_a_known_device(
        self, client: Client
    ) -> None:
        make_user()
        known = typed_in()
        known.post("/logout")
        for _attempt in range(12):  # past the limit of the address they share, too
            sign_in(client, password="wrong")
        assert "That was too often." in sign_in(client).text
        assert sign_in(known)["Location"] == "/dashboard"

    def test_posts_of_a_neighbour_do_not_either(self, client: Client) -> None:
        make_user()
        known = typed_in()
        known.post("/logout")
        for _attempt in range(31):
            client.post("/login", {})
        assert client.post("/login", {}).status_code == 429
        assert sign_in(known)["Location"] == "/dashboard"

    def test_known_device_guesses_no_more_than_a_stranger(self) -> None:
        make_user()
        known = typed_in()
        known.post("/logout")
        for _attempt in range(5):
            assert MISMATCH in sign_in(known, password="wrong").text
        assert "Wait 5 minutes" in sign_in(known).text
        assert sign_in(Client())["Location"] == "/dashboard"

    def test_device_of_somebody_else_is_a_stranger(self) -> None:
        make_user()
        make_user("zoe@example.com")
        other = typed_in("zoe@example.com")
        other.post("/logout")
        for _attempt in range(5):
            sign_in(other, password="wrong")
        assert "Wait 5 minutes" in sign_in(Client()).text

    def test_new_password_by_link_opens_the_door_at_once(
        self, client: Client, with_mail: None
    ) -> None:
        make_user()
        for _attempt in range(6):
            sign_in(Client(), password="wrong")
        client.post("/account/password/reset", {"email": "nora@example.com"})
        link = re.search(r"shop\.example(\S+/reset/\S+)", str(mail.outbox[-1].body))
        assert link
        new = {"password1": "eight brown owls", "password2": "eight brown owls"}
        client.post(client.get(link[1])["Location"], new)
        for _attempt in range(6):
            sign_in(Client(), password="wrong")
        assert sign_in(client, password="eight brown owls")["Location"] == "/dashboard"

    def test_unknown_address_waits_as_well(self, client: Client) -> None:
        for _attempt in range(5):
            sign_in(client, "nobody@example.com")
        assert "Wait 5 minutes" in sign_in(client, "nobody@example.com").text

    def test_forwarded_address_is_not_believed(self) -> None:
        make_user()
        for attempt in range(10):
            sign_in_as = {"email": f"p{attempt}@example.com", "password": "wrong"}
            Client().post(
                "/login", sign_in_as, headers={"x-forwarded-for": f"10.0.0.{attempt}"}
            )
        response = Client().post(
            "/login",
            {"email": "nora@example.com", "password": PASSWORD},
            headers={"x-forwarded-for": "10.9.9.9"},
        )
        assert "That was too often." in response.text

    def test_behind_a_proxy_what_the_client_wrote_is_not_believed(
        self, settings: Settings
    ) -> None:
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        make_user()
        for attempt in range(10):
            wrong = {"email": f"p{attempt}@example.com", "password": "wrong"}
            spoofed = {"x-forwarded-for": f"10.0.0.{attempt}, 93.184.216.34"}
            Client().post("/login", wrong, headers=spoofed)
        right = {"email": "nora@example.com", "password": PASSWORD}
        same = {"x-forwarded-for": "10.9.9.9, 93.184.216.34"}
        assert (
            "That was too often." in Client().post("/login", right, headers=same).text
        )
        other = {"x-forwarded-for": "93.184.216.34, 93.184.216.35"}
        assert Client().post("/login", right, headers=other).status_code == 302
