import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from accounts.tests.people import make_user, signed_in_as

pytestmark = pytest.mark.django_db


def give(client: Client, person: User, role: str, **extra: str):
    address = f"/account/people/{person.pk}/role"
    return client.post(address, {"role": role, **extra}, follow=True)


def test_gives_the_role(owner_client: Client) -> None:
    person = make_user()
    response = give(owner_client, person, "Clerk")
    assert "“Nora New” has the role Clerk now." in response.text
    assert person.role == Role.CLERK


def test_holds_from_the_next_request_of_the_person(owner_client: Client) -> None:
    person = make_user()
    theirs = signed_in_as(person)
    assert theirs.get("/account/people").status_code == 403
    give(owner_client, person, "Admin")
    assert theirs.get("/account/people").status_code == 200
    give(owner_client, person, "Regular")
    assert theirs.get("/account/people").status_code == 403


def test_admin_who_is_no_superuser_gives_no_admin(admin_client: Client) -> None:
    person = make_user()
    response = give(admin_client, person, "Admin")
    assert "Choose one of the roles you may give." in response.text
    assert person.role == Role.REGULAR


def test_admin_who_is_no_superuser_changes_no_admin(
    admin_client: Client, owner: User, admin: User
) -> None:
    for person in (owner, admin):
        response = give(admin_client, person, "Regular")
        assert "Only a superuser can change an admin" in response.text
        assert person.role == Role.ADMIN


def test_last_admin_is_told(owner_client: Client, owner: User) -> None:
    response = give(owner_client, owner, "Clerk")
    assert "is the last admin" in response.text


@pytest.mark.parametrize("role", ["", "Owner", "admin"])
def test_unknown_role(owner_client: Client, role: str) -> None:
    person = make_user()
    response = give(owner_client, person, role)
    assert "Choose one of the roles you may give." in response.text


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ("/account/people?page=1", "/account/people?page=1"),
        ("https://evil.example/", "/account/people"),
    ],
)
def test_goes_back_inside(owner_client: Client, back: str, expected: str) -> None:
    address = f"/account/people/{make_user().pk}/role"
    response = owner_client.post(address, {"role": "Clerk", "next": back})
    assert response["Location"] == expected


def test_unknown_person(owner_client: Client) -> None:
    assert owner_client.post("/account/people/999/role").status_code == 404


def test_wrong_method(owner_client: Client) -> None:
    assert owner_client.get(f"/account/people/{make_user().pk}/role").status_code == 405
