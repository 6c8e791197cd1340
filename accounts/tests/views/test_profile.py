import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from accounts.tests.people import make_user, signed_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db: None) -> User:
    return make_user(role=Role.CLERK)


@pytest.fixture
def client(person: User) -> Client:
    return signed_in_as(person)


def test_shows_name_email_and_role(client: Client) -> None:
    page = client.get("/account/profile").text
    for fact in ("Nora New", "nora@example.com", "Clerk"):
        assert fact in page


def test_saves_the_name(client: Client, person: User) -> None:
    response = client.post("/account/profile", {"name": "Nora Newer"}, follow=True)
    assert "Your profile is saved." in response.text
    person.refresh_from_db()
    assert person.name == "Nora Newer"


def test_extra_fields_change_nothing_else(client: Client, person: User) -> None:
    client.post(
        "/account/profile",
        {
            "name": "Nora Newer",
            "email": "boss@example.com",
            "is_staff": "1",
            "is_superuser": "1",
            "role": "Admin",
            "groups": "1",
        },
    )
    person.refresh_from_db()
    assert person.email == "nora@example.com"
    assert (person.is_staff, person.is_superuser) == (False, False)
    assert person.role == Role.CLERK


def test_name_is_required_and_the_bar_keeps_the_old_one(client: Client) -> None:
    response = client.post("/account/profile", {"name": " "})
    assert "This field is required." in response.text
    assert response.context["user"].name == "Nora New"
