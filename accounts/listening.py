"""What allauth and Django say of sign-ins, told to the security log.

They say it in signals, from wherever it happens; nothing else of ours listens to one.
"""

from typing import Any, Final

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator

from inventory_site.security.events import Event, Outcome, about, note

KINDS: Final[dict[str, str]] = {
    Authenticator.Type.TOTP: "app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery_codes",
}


def listen() -> None:
    """Begin to; once, when the apps are there."""
    for signal, tell in (
        (account.user_logged_out, _signed_out),
        (account.email_confirmed, _address_confirmed),
        (account.password_reset, _password_reset),
        (account.authentication_step_completed, _step_completed),
        (mfa.authenticator_added, _added),
        (mfa.authenticator_reset, _codes_made),
        (mfa.authenticator_removed, _removed),
        (mfa.authenticator_used, _used),
        (mfa.authentication_failed, _failed),
    ):
        signal.connect(tell, dispatch_uid=f"accounts.listening.{tell.__name__}")


def _signed_out(*, user: Any, **_said: Any) -> None:
    if user is not None:
        note(Event.SIGNED_OUT, who=user)


def _address_confirmed(*, email_address: EmailAddress, **_said: Any) -> None:
    note(Event.ADDRESS_CONFIRMED, **about(email_address.user))


def _password_reset(*, user: Any, **_said: Any) -> None:
    note(Event.PASSWORD_RESET, **about(user))


def _step_completed(*, user: Any, method: str, **said: Any) -> None:
    """Tell of a proof once more; of signing in `AccountAdapter.post_login` tells."""
    if said.get("reauthenticated"):
        how = KINDS.get(said.get("type", ""), method)
        note(Event.IDENTITY_CONFIRMED, who=user, how=how)


def _added(*, authenticator: Authenticator, **said: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        _codes_made(authenticator=authenticator, **said)
    else:
        kind = KINDS[authenticator.type]
        note(Event.SECOND_FACTOR_ADDED, kind=kind, **about(authenticator.user))


def _codes_made(*, authenticator: Authenticator, **_said: Any) -> None:
    note(Event.RECOVERY_CODES_MADE, **about(authenticator.user))


def _removed(*, authenticator: Authenticator, **_said: Any) -> None:
    kind = KINDS[authenticator.type]
    note(Event.SECOND_FACTOR_REMOVED, kind=kind, **about(authenticator.user))


def _used(*, authenticator: Authenticator, user: Any, **_said: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        note(Event.RECOVERY_CODE_USED, who=user)


def _failed(*, authenticator: Authenticator, user: Any, **_said: Any) -> None:
    """Tell of a wrong code; what the person typed is not said."""
    note(
        Event.SECOND_FACTOR_FAILED,
        outcome=Outcome.FAILED,
        kind=KINDS[authenticator.type],
        **about(user),
    )
