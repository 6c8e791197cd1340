import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from accounts.tests.people import is_signed_in, make_user

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command("create_first_admin", *args, stdout=out)
    return out.getvalue()


def test_prints_a_sign_in_that_works(client: Client) -> None:
    said = run()
    password = re.search(r"Password: (\S+)", said)
    assert password
    client.post("/login", {"email": "admin@localhost", "password": password[1]})
    assert is_signed_in(client)


def test_is_a_superuser_with_the_admin_role() -> None:
    run("--email", "Olga@Example.com", "--name", "Olga")
    owner = User.objects.get()
    assert (owner.email, owner.name) == ("olga@example.com", "Olga")
    assert owner.is_superuser
    assert owner.role == Role.ADMIN


def test_address_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_EMAIL", "olga@example.com")
    assert "olga@example.com" in run()


def test_each_shop_gets_another_password() -> None:
    first = run()
    User.objects.all().delete()
    assert run() != first


def test_does_nothing_where_there_is_somebody() -> None:
    make_user()
    assert run() == ""
    assert User.objects.count() == 1


def test_nonsense_address() -> None:
    with pytest.raises(CommandError, match="“nonsense” is not an e-mail address"):
        run("--email", "nonsense")
