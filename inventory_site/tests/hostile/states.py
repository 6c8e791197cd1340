"""How far somebody must have come for an address to read anything.

The permission table asks most addresses of accounts with nothing at hand; a spent
link reads no form. Each of these brings a client to where the form stands, and
returns its path.
"""

from collections.abc import Callable
from typing import Final

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from accounts.services.email_changes import ask_email_change
from accounts.services.invitations import invite_person
from accounts.services.passwords import make_reset_key
from accounts.tests.factors import give_app, prove_again
from accounts.tests.people import PASSWORD, make_user

State = Callable[[Client, User], str]


def proven(name: str) -> State:
    """The password was typed a moment ago, and there is an app already."""

    def state(client: Client, person: User) -> str:
        prove_again(client)
        if name != "mfa_activate_totp":
            give_app(person)
        return reverse(name)

    return state


def passkey(name: str) -> State:
    def state(client: Client, person: User) -> str:
        prove_again(client)
        key = Authenticator.objects.create(
            user=person,
            type=Authenticator.Type.WEBAUTHN,
            data={"name": "Key", "credential": {"clientExtensionResults": {}}},
        )
        return reverse(name, kwargs={"pk": key.pk})

    return state


def with_app(name: str) -> State:
    def state(_client: Client, person: User) -> str:
        give_app(person)
        return reverse(name)

    return state


def second_step(client: Client, _person: User) -> str:
    person = make_user("tina@example.com", name="Tina")
    give_app(person)
    client.logout()
    client.post("/login", {"email": person.email, "password": PASSWORD})
    return reverse("mfa_authenticate")


def reset_link(client: Client, person: User) -> str:
    uid, key = make_reset_key(actor=person, person=make_user("rita@example.com"))
    address = reverse("account_reset_password_from_key", args=(uid, key))
    return str(client.get(address)["Location"])


def invited(_client: Client, person: User) -> str:
    made = invite_person(
        actor=person, email="ines@example.com", name="Ines", role=Role.REGULAR
    )
    return reverse("accounts:invitation_accept", kwargs={"token": made[1]})


def address_asked(_client: Client, _person: User) -> str:
    asked = ask_email_change(
        person=make_user("emil@example.com"), new_email="emil.new@example.com"
    )
    token = asked.new_token
    return reverse("accounts:email_change_confirm", kwargs={"token": token})


def unproven(_client: Client, _person: User) -> str:
    person = User.objects.create_user("uma@example.com", PASSWORD, name="Uma")
    address = EmailAddress.objects.create(user=person, email=person.email, primary=True)
    key = EmailConfirmationHMAC(address).key
    return reverse("account_confirm_email", kwargs={"key": key})


def change_asked(_client: Client, person: User) -> str:
    ask_email_change(person=person, new_email="else@example.com")
    return reverse("accounts:email_change_withdraw")


STATES: Final[dict[str, State]] = {
    "mfa_authenticate": second_step,
    "mfa_reauthenticate": with_app("mfa_reauthenticate"),
    "mfa_edit_webauthn": passkey("mfa_edit_webauthn"),
    "mfa_remove_webauthn": passkey("mfa_remove_webauthn"),
    **{
        name: proven(name)
        for name in (
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_generate_recovery_codes",
            "mfa_view_recovery_codes",
            "mfa_download_recovery_codes",
            "mfa_add_webauthn",
            "accounts:email_change",
        )
    },
    "account_reset_password_from_key": reset_link,
    "account_confirm_email": unproven,
    "accounts:invitation_accept": invited,
    "accounts:email_change_confirm": address_asked,
    "accounts:email_change_withdraw": change_asked,
}
# Read by those alone who are not signed in.
STRANGERS: Final = {
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_from_key",
    "account_confirm_email",
    "mfa_login_webauthn",
    "accounts:invitation_accept",
    "accounts:email_change_confirm",
}
