import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.roles import Role
from accounts.tests.people import PASSWORD, is_signed_in, make_user

pytestmark = pytest.mark.django_db


WAY_IN = "/account/password/reset/"


def run(*args: str) -> str:
    out = StringIO()
    call_command("create_first_admin", *args, stdout=out)
    return out.getvalue()


def link_in(said: str) -> str:
    found = re.search(rf"http://localhost({WAY_IN}\S+)", said)
    assert found
    return found[1]


def is_open(link: str) -> bool:
    return "was used already" not in Client().get(link, follow=True).text


def choose(client: Client, link: str, password: str = PASSWORD) -> None:
    form = client.get(link)["Location"]
    client.post(form, {"password1": password, "password2": password})


def test_link_sets_the_password_that_signs_in(client: Client) -> None:
    choose(client, link_in(run()))
    client.post("/login", {"email": "admin@localhost", "password": PASSWORD})
    assert is_signed_in(client)


def test_link_says_for_whom_and_that_one_may_sign_in(client: Client) -> None:
    link = link_in(run("--email", "ada@shop.example"))
    form = client.get(link, follow=True).text
    assert "Choose your password" in form
    assert 'value="ada@shop.example"' in form
    response = client.post(
        client.get(link)["Location"],
        {"password1": PASSWORD, "password2": PASSWORD},
        follow=True,
    )
    assert "Your password is set" in response.text
    assert "Sign in as <strong>ada@shop.example</strong>" in response.text
    assert "changed" not in response.text


def test_link_works_once(client: Client) -> None:
    link = link_in(run())
    choose(client, link)
    assert not is_open(link)


def test_link_is_over_after_three_days() -> None:
    with time_machine.travel(datetime(2026, 3, 3, tzinfo=UTC), tick=False) as clock:
        link = link_in(run())
        clock.shift(timedelta(days=3))
        assert is_open(link)
        clock.shift(timedelta(minutes=1))
        assert not is_open(link)


def test_no_password_fits_before(client: Client) -> None:
    run()
    assert not User.objects.get().has_usable_password()


def test_next_start_prints_another_link_and_the_first_is_dead() -> None:
    first, second = link_in(run()), link_in(run())
    assert not is_open(first)
    assert is_open(second)
    assert User.objects.count() == 1


def test_says_nothing_once_the_password_is_chosen(client: Client) -> None:
    choose(client, link_in(run()))
    assert run() == ""


def test_who_registers_meanwhile_takes_no_link_away() -> None:
    run()
    make_user()
    assert "admin@localhost" in run()


@pytest.mark.parametrize(
    ("bind", "begins"),
    [
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("[::1]:8000", "http://[::1]:8000"),
        ("0.0.0.0:80", "http://localhost:80"),
        (":8000", "http://localhost:8000"),
        ("unix:/run/shop.sock", "http://localhost"),
    ],
)
def test_link_begins_where_the_server_listens(bind: str, begins: str) -> None:
    assert begins + WAY_IN in run("--bind", bind)


def test_link_begins_at_the_address_of_the_site(settings: Settings) -> None:
    settings.SITE_URL = "https://shop.example.com"
    assert f"https://shop.example.com{WAY_IN}" in run("--bind", "127.0.0.1:8000")


def test_is_a_superuser_with_the_admin_role() -> None:
    run("--email", "Olga@Example.com", "--name", "Olga")
    owner = User.objects.get()
    assert (owner.email, owner.name) == ("olga@example.com", "Olga")
    assert owner.is_superuser
    assert owner.role == Role.ADMIN


def test_address_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_EMAIL", "olga@example.com")
    assert "olga@example.com" in run()


def test_each_shop_gets_another_link() -> None:
    first = link_in(run())
    User.objects.all().delete()
    assert link_in(run()) != first


def test_does_nothing_where_there_is_somebody() -> None:
    make_user()
    assert run() == ""
    assert User.objects.count() == 1


def test_nonsense_address() -> None:
    with pytest.raises(CommandError, match="“nonsense” is not an e-mail address"):
        run("--email", "nonsense")
