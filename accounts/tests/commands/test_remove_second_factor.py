from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from accounts.tests.factors import give_app
from accounts.tests.people import is_signed_in, make_superuser, signed_in_as

pytestmark = pytest.mark.django_db


def test_last_admin_gets_in_with_the_password_again() -> None:
    owner, out = make_superuser(), StringIO()
    give_app(owner)
    lost_phone = signed_in_as(owner)
    call_command("remove_second_factor", "OLGA@example.com", stdout=out)
    assert "olga@example.com signs in with the password alone now." in out.getvalue()
    assert not Authenticator.objects.exists()
    assert not is_signed_in(lost_phone)


def test_unknown_address() -> None:
    with pytest.raises(CommandError, match="There is no account for"):
        call_command("remove_second_factor", "x@example.com")
