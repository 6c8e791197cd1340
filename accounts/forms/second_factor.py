"""allauth's forms of the second factor in our words."""

from typing import Any, ClassVar

from allauth.account.forms import ReauthenticateForm as AllauthPasswordAgainForm
from allauth.mfa.base import forms as allauth_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.doors import OurWordsMixin
from accounts.validators import validate_password_length

NAME_LENGTH = 60
DIGITS: dict[str, str] = {"inputmode": "numeric", "spellcheck": "false"}


class AppSetUpForm(OurWordsMixin, totp_forms.ActivateTOTPForm):
    """The first code of a new authenticator app."""

    labels: ClassVar[dict[str, Any]] = {"code": _("Code from the app")}
    hints: ClassVar[dict[str, Any]] = {"code": _("Six digits; a new one each 30 s.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(DIGITS)


class CodeForm(OurWordsMixin, allauth_forms.AuthenticateForm):
    """A code of the app or a recovery code, when signing in."""

    labels: ClassVar[dict[str, Any]] = {"code": _("Code")}
    hints: ClassVar[dict[str, Any]] = {
        "code": _("Six digits from your app, or one of your recovery codes.")
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(DIGITS)


class CodeAgainForm(CodeForm, allauth_forms.ReauthenticateForm):
    """The same for somebody signed in, before he changes how he signs in."""


class PasswordAgainForm(OurWordsMixin, AllauthPasswordAgainForm):
    """The password of somebody signed in, before he changes how he signs in."""

    labels: ClassVar[dict[str, Any]] = {"password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].validators.append(validate_password_length)


class PasskeyAddForm(OurWordsMixin, webauthn_forms.AddWebAuthnForm):
    """A passkey's name, and what the browser made for it."""

    labels: ClassVar[dict[str, Any]] = {"name": _("Name")}
    hints: ClassVar[dict[str, Any]] = {"name": _("To tell your passkeys apart.")}

    name = forms.CharField(required=False, max_length=NAME_LENGTH)
    passwordless = None  # always: one passkey serves both ways of signing in

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        return super().clean() or {}


class PasskeyRenameForm(OurWordsMixin, webauthn_forms.EditWebAuthnForm):
    labels: ClassVar[dict[str, Any]] = {"name": _("Name")}

    name = forms.CharField(max_length=NAME_LENGTH)
