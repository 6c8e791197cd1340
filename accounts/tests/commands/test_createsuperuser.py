from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from accounts.tests.people import PASSWORD, is_signed_in, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_EMAIL", "Olga@Example.com")
    monkeypatch.setenv("DJANGO_SUPERUSER_NAME", "Olga Owner")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)


def run() -> None:
    call_command("createsuperuser", interactive=False, stdout=StringIO())


def test_makes_an_admin_with_a_verified_address() -> None:
    run()
    owner = User.objects.get(email="olga@example.com")
    assert owner.is_superuser
    assert owner.is_staff
    assert (owner.name, owner.role) == ("Olga Owner", Role.ADMIN)
    assert EmailAddress.objects.get(user=owner).verified


@pytest.mark.usefixtures("with_mail")
def test_can_sign_in_where_addresses_must_be_confirmed(client: Client) -> None:
    run()
    client.post("/login", {"email": "olga@example.com", "password": PASSWORD})
    assert is_signed_in(client)


def test_taken_in_another_case_is_one_sentence() -> None:
    make_user("OLGA@example.com")
    with pytest.raises(CommandError, match="That e-mail is already taken"):
        run()


@pytest.mark.parametrize("missing", ["EMAIL", "NAME"])
def test_missing_input(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.delenv(f"DJANGO_SUPERUSER_{missing}")
    with pytest.raises(CommandError, match=f"--{missing.lower()}"):
        run()
