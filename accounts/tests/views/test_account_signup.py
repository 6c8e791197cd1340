from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.roles import Role
from accounts.tests.people import PASSWORD, is_signed_in, make_user

pytestmark = pytest.mark.django_db

NEW = {"name": "Nora New", "email": "Nora@Example.com", "password": PASSWORD}


def register(client: Client, **changes: str):
    return client.post("/register", NEW | changes)


def test_signs_in_at_once_without_mail(client: Client) -> None:
    response = register(client)
    assert response.status_code == 302
    assert response["Location"] == "/dashboard"
    assert is_signed_in(client)


def test_new_account_is_regular(client: Client) -> None:
    register(client)
    person = User.objects.get(email="nora@example.com")
    assert (person.name, person.role) == ("Nora New", Role.REGULAR)
    assert not person.is_staff
    assert not EmailAddress.objects.get(user=person).verified


def test_extra_fields_promote_nobody(client: Client) -> None:
    register(
        client,
        is_staff="1",
        is_superuser="1",
        is_active="1",
        role="Admin",
        groups="1",
        user_permissions="1",
    )
    person = User.objects.get()
    assert (person.is_staff, person.is_superuser) == (False, False)
    assert person.role == Role.REGULAR
    assert not person.user_permissions.exists()


def test_taken_in_another_case(client: Client) -> None:
    make_user("nora@example.com")
    response = register(client, email="NORA@example.com")
    assert response.status_code == 200
    assert "There is an account with this e-mail already." in response.text
    assert User.objects.count() == 1


def not_seen():
    """As if the address were taken after the form had looked."""
    return patch(
        "allauth.account.internal.userkit.filter_users_by_email", return_value=[]
    )


def spy_of(hashed: list[str]):
    encode = MD5PasswordHasher.encode

    def _spy(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    return _spy


def test_somebody_faster_with_the_same_address(client: Client) -> None:
    make_user("nora@example.com")
    with not_seen():
        response = register(client)
    assert response.status_code == 200
    assert "There is an account for nora@example.com already." in response.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 151}, "at most 150 characters"),
        ({"name": "a\x00b"}, "Null characters are not allowed."),
        ({"email": "nonsense"}, "Enter a valid email address."),
        ({"password": "short"}, "This password is too short."),
        ({"password": "31415926535"}, "This password is entirely numeric."),
        ({"password": "nora-new-1"}, "The password is too similar to the name."),
        ({"password": "x!" * 257}, "514 characters; the most we take is 512"),
    ],
)
def test_bad_input_is_said_and_the_rest_kept(
    client: Client, changes: dict[str, str], said: str
) -> None:
    response = register(client, **changes)
    assert response.status_code == 200
    assert said in response.text
    assert response.context["form"]["email"].value() == (NEW | changes)["email"]
    assert not User.objects.exists()


def test_long_password_is_accepted(client: Client) -> None:
    password = ("walnut Tuesday 17 " * 8)[:128]
    register(client, password=password)
    assert User.objects.get().check_password(password)


def test_name_is_shown_as_text(client: Client) -> None:
    name = "<script>alert(1)</script>{{ 7|add:7 }}"
    register(client, name=name)
    page = client.get("/account/profile").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in page


def test_closed(client: Client, settings: Settings) -> None:
    settings.REGISTRATION_OPEN = False
    for response in (client.get("/register"), register(client)):
        assert "Ask an admin of the shop for an invitation" in response.text
    assert not User.objects.exists()
    assert "/register" not in client.get("/login").text


def test_signed_in_people_are_sent_on(client: Client, regular: User) -> None:
    client.force_login(regular)
    assert client.get("/register")["Location"] == "/dashboard"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/account/profile", "/account/profile"),
        ("https://evil.example/", "/dashboard"),
    ],
)
def test_next_stays_inside(client: Client, target: str, expected: str) -> None:
    assert register(client, next=target)["Location"] == expected


@pytest.mark.usefixtures("with_mail")
class TestWithMail:
    def test_address_must_be_confirmed_first(self, client: Client) -> None:
        response = register(client)
        assert response["Location"] == "/account/e-mail/sent"
        assert not is_signed_in(client)
        [message] = mail.outbox
        assert message.to == ["nora@example.com"]
        assert message.subject == "Confirm your e-mail for Linden & Loom"

    def test_says_the_same_for_a_taken_address(self, client: Client) -> None:
        make_user("nora@example.com")
        response = register(client)
        assert response["Location"] == "/account/e-mail/sent"
        [message] = mail.outbox
        assert message.subject == "You have an account at Linden & Loom already"
        assert User.objects.count() == EmailAddress.objects.count() == 1

    def test_hashes_a_password_for_a_taken_address_too(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_user("nora@example.com")
        hashed = []
        monkeypatch.setattr(MD5PasswordHasher, "encode", spy_of(hashed))
        for address in ("nora@example.com", "new@example.com"):
            register(client, email=address)
            assert len(hashed) == 1
            hashed.clear()

    def test_says_the_same_when_somebody_was_faster(self, client: Client) -> None:
        make_user("nora@example.com")
        with not_seen():
            response = register(client)
        assert response["Location"] == "/account/e-mail/sent"
        [message] = mail.outbox
        assert message.subject == "You have an account at Linden & Loom already"

    @pytest.mark.parametrize("known", [True, False])
    def test_address_is_not_mailed_again_and_again(
        self, client: Client, *, known: bool
    ) -> None:
        if known:
            make_user("nora@example.com")
        for attempt in range(3):
            assert register(Client(REMOTE_ADDR=f"10.0.0.{attempt}")).status_code == 302
        response = register(client, email=" NORA@example.com")
        assert response.status_code == 429
        assert 0 < int(response["Retry-After"]) <= 15 * 60
        assert register(client, email="zoe@example.com").status_code == 302

    def test_mail_server_down_is_said(self, client: Client) -> None:
        with patch("django.core.mail.EmailMessage.send", side_effect=OSError):
            response = client.post("/register", NEW, follow=True)
        assert response.status_code == 200
        assert "The mail to nora@example.com could not be sent." in response.text
