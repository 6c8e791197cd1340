import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation, User
from accounts.roles import Role
from accounts.services.invitations import invite_person
from accounts.tests.people import PASSWORD, is_signed_in, make_user

pytestmark = pytest.mark.django_db

ZOE = {"name": "Zoë Çelik", "password": PASSWORD}


@pytest.fixture
def link(owner: User) -> str:
    _invitation, token = invite_person(
        actor=owner, email="zoe@example.com", name="Zoë", role=Role.CLERK
    )
    return f"/account/invitation/{token}"


def test_form_knows_name_and_address(client: Client, link: str) -> None:
    page = client.get(link).text
    assert 'value="Zoë"' in page
    assert 'value="zoe@example.com"' in page


def test_sets_the_password_and_signs_in(client: Client, link: str) -> None:
    assert client.post(link, ZOE)["Location"] == "/dashboard"
    assert is_signed_in(client)
    person = User.objects.get(email="zoe@example.com")
    assert (person.name, person.role) == ("Zoë Çelik", Role.CLERK)


def test_extra_fields_promote_nobody(client: Client, link: str) -> None:
    client.post(link, ZOE | {"role": "Admin", "email": "x@y.example", "is_staff": "1"})
    person = User.objects.get(email="zoe@example.com")
    assert (person.role, person.is_staff) == (Role.CLERK, False)


def test_works_once(client: Client, link: str) -> None:
    client.post(link, ZOE)
    for answer in (Client().get(link), Client().post(link, ZOE)):
        assert answer.status_code == 404
        assert "This invitation was used already, or its time is up." in answer.text


def test_runs_out(client: Client, link: str) -> None:
    Invitation.objects.update(expires_at=timezone.now())
    assert client.get(link).status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"password": "short"}, "too short"),
        ({"password": "zoe@example.com"}, "too similar to the e-mail"),
        ({"password": "x!" * 300}, "the most we take is 512"),
    ],
)
def test_bad_input_keeps_the_link(
    client: Client, link: str, changes: dict[str, str], said: str
) -> None:
    assert said in client.post(link, ZOE | changes).text
    assert client.post(link, ZOE).status_code == 302


def test_account_made_meanwhile(client: Client, link: str) -> None:
    make_user("zoe@example.com")
    response = client.post(link, ZOE)
    assert response.status_code == 404
    assert "There is an account for zoe@example.com already." in response.text


def test_signed_in_person_does_not_use_it_up(
    client: Client, link: str, clerk: User
) -> None:
    client.force_login(clerk)
    for answer in (client.get(link), client.post(link, ZOE)):
        assert "You are signed in as Carl Clerk" in answer.text
    assert Client().get(link).status_code == 200


@pytest.mark.usefixtures("with_mail")
def test_address_counts_as_confirmed(client: Client, link: str) -> None:
    client.post(link, ZOE)
    assert is_signed_in(client)
