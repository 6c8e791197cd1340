from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.roles import Role
from accounts.services.beginnings import DEMO_PASSWORD, DEMO_PEOPLE
from accounts.tests.people import is_signed_in

pytestmark = pytest.mark.django_db


def run() -> str:
    out = StringIO()
    call_command("create_demo_people", stdout=out)
    return out.getvalue()


def test_refuses_outside_the_demo() -> None:
    with pytest.raises(CommandError, match="only where DEMO is set"):
        run()
    assert not User.objects.exists()


def test_refuses_in_a_shop_where_people_work(settings: Settings, admin: User) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="People work in this shop already"):
        run()
    assert list(User.objects.all()) == [admin]


@pytest.mark.parametrize(("email", "name", "role"), DEMO_PEOPLE)
def test_each_can_sign_in(
    client: Client, settings: Settings, email: str, name: str, role: Role
) -> None:
    settings.DEMO = True
    said = run()
    assert email in said
    assert DEMO_PASSWORD in said
    client.post("/login", {"email": email, "password": DEMO_PASSWORD})
    assert is_signed_in(client)
    person = User.objects.get(email=email)
    assert (person.name, person.role) == (name, role)


def test_second_start_leaves_them_alone(settings: Settings) -> None:
    settings.DEMO = True
    run()
    User.objects.filter(email="clerk@demo.example").update(name="Somebody else")
    run()
    assert User.objects.count() == 3
    assert User.objects.filter(name="Somebody else").exists()
