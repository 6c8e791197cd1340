import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.people import is_signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client: Client, regular: User) -> Client:
    client.force_login(regular)
    return client


def test_post_signs_out(client: Client) -> None:
    response = client.post("/logout", follow=True)
    assert not is_signed_in(client)
    assert "You are signed out." in response.text


@pytest.mark.parametrize("door", ["/logout", "/admin/logout/"])
def test_browser_is_told_to_drop_what_it_kept(
    client: Client, admin: User, door: str
) -> None:
    """Of the cache alone: the device stays known; a script drops the rest."""
    client.force_login(admin)
    response = client.post(door)
    assert response["Clear-Site-Data"] == '"cache"'
    assert not is_signed_in(client)


def test_script_is_told_whose_counts_to_drop(client: Client, regular: User) -> None:
    cookie = client.post("/logout").cookies["signed-out"]
    assert (cookie.value, cookie["httponly"], cookie["max-age"]) == (
        str(regular.pk),
        "",
        "",
    )


def test_of_counts_nobody_asked_about_none_are_dropped(
    client: Client, admin: User
) -> None:
    client.force_login(admin)
    assert client.post("/admin/logout/").cookies["signed-out"].value == "0"


def test_who_is_out_already_drops_no_counts() -> None:
    assert Client().post("/logout").cookies["signed-out"].value == "0"


def test_get_asks(client: Client) -> None:
    response = client.get("/logout")
    assert "Sign out?" in response.text
    assert is_signed_in(client)


def test_next_stays_inside(client: Client) -> None:
    response = client.post("/logout", {"next": "https://evil.example/"})
    assert response["Location"] == "/login"


def test_needs_the_token(regular: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(regular)
    assert strict.post("/logout").status_code == 403
    assert is_signed_in(strict)
