"""A second factor for tests, as allauth stores it, and the codes of its app."""

import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from accounts.models import User
from accounts.tests.people import PASSWORD

SECRET = "JBSWY3DPEHPK3PXP" * 2
STEP = 30  # seconds a code is shown


def give_app(person: User) -> None:
    """Set up an authenticator app, with recovery codes."""
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)


def code_of_app(secret: str = SECRET, *, steps_ahead: int = 0) -> str:
    """Return what the app shows now, or some steps later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // STEP + steps_ahead))


def recovery_codes(person: User) -> list[str]:
    return RecoveryCodes.activate(person).get_unused_codes()


def prove_again(client: Client, password: str = PASSWORD) -> None:
    """Type the password once more, as before anything that changes the sign-in."""
    response = client.post(
        "/account/again/password?next=/account/second-factor", {"password": password}
    )
    assert response["Location"] == "/account/second-factor"
