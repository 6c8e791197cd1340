from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts.tests.factors import SECRET, code_of_app, give_app, recovery_codes
from accounts.tests.people import PASSWORD, is_signed_in, make_user

pytestmark = pytest.mark.django_db

NEW_KEY = "another " + "x" * 50


def run() -> str:
    out = StringIO()
    call_command("encrypt_second_factors", stdout=out)
    return out.getvalue()


def test_old_key_is_not_needed_afterwards(client: Client, settings: Settings) -> None:
    person = make_user()
    give_app(person)
    codes = recovery_codes(person)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = NEW_KEY
    assert "under SECRET_KEY now" in run()
    settings.SECRET_KEY_FALLBACKS = []
    assert recovery_codes(person) == codes
    client.post("/login", {"email": person.email, "password": PASSWORD})
    client.post("/login/second-step", {"code": code_of_app()})
    assert is_signed_in(client)


def test_used_codes_stay_used(client: Client) -> None:
    person = make_user()
    give_app(person)
    code = recovery_codes(person)[0]
    client.post("/login", {"email": person.email, "password": PASSWORD})
    client.post("/login/second-step", {"code": code})
    assert is_signed_in(client)
    run()
    assert code not in recovery_codes(person)


def test_names_whose_no_key_reads_and_leaves_it(settings: Settings) -> None:
    give_app(make_user())
    before = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    settings.SECRET_KEY, old_key = NEW_KEY, settings.SECRET_KEY
    with pytest.raises(CommandError, match=r"belongs to nora@example\.com\. Put"):
        run()
    known = Authenticator.objects.order_by("pk").values_list("data", flat=True)
    assert list(known) == before
    settings.SECRET_KEY = old_key
    assert "now." in run()


def test_no_secret_stands_in_the_database_as_it_is() -> None:
    person = make_user()
    give_app(person)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept
    assert not [code for code in recovery_codes(person) if code in kept]
