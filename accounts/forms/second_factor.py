"""allauth's forms of the second factor in our words."""

from typing import Any, ClassVar

from allauth.account.forms import ReauthenticateForm as AllauthPasswordAgainForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as allauth_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.doors import OurWordsMixin
from accounts.validators import validate_password_length

NAME_LENGTH = 60
LONGEST_CREDENTIAL = 50_000  # characters; a passkey signs one or two thousand
DIGITS: dict[str, str] = {"inputmode": "numeric", "spellcheck": "false"}


class CredentialField(forms.JSONField):
    """What a passkey signed; what no browser sends is refused, not read to the end."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > LONGEST_CREDENTIAL:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return super().to_python(value)
        except (RecursionError, ValueError) as error:  # too deep; too many digits
            raise ValidationError(
                self.error_messages["invalid"], code="invalid"
            ) from error


class AppSetUpForm(OurWordsMixin, totp_forms.ActivateTOTPForm):
    """The first code of a new authenticator app."""

    labels: ClassVar[dict[str, Any]] = {"code": _("Code from the app")}
    hints: ClassVar[dict[str, Any]] = {"code": _("Six digits; a new one each 30 s.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(DIGITS)


class CodeWordsMixin(OurWordsMixin):
    """What both forms below say of their field."""

    labels: ClassVar[dict[str, Any]] = {"code": _("Code")}
    hints: ClassVar[dict[str, Any]] = {
        "code": _("Six digits from your app, or one of your recovery codes.")
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(DIGITS)


class CodeForm(CodeWordsMixin, allauth_forms.AuthenticateForm):
    """A code of the app or a recovery code, when signing in."""


class CodeAgainForm(CodeWordsMixin, allauth_forms.ReauthenticateForm):
    """The same for somebody signed in, before he changes how he signs in."""


class PasswordAgainForm(OurWordsMixin, AllauthPasswordAgainForm):
    """The password of somebody signed in, before he changes how he signs in."""

    labels: ClassVar[dict[str, Any]] = {"password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].validators.append(validate_password_length)


class PasskeySignInForm(webauthn_forms.LoginWebAuthnForm):
    credential = CredentialField()


class PasskeyStepForm(webauthn_forms.AuthenticateWebAuthnForm):
    credential = CredentialField()


class PasskeyAgainForm(webauthn_forms.ReauthenticateWebAuthnForm):
    credential = CredentialField()


class PasskeyAddForm(OurWordsMixin, webauthn_forms.AddWebAuthnForm):
    """A passkey's name, and what the browser made for it."""

    labels: ClassVar[dict[str, Any]] = {"name": _("Name")}
    hints: ClassVar[dict[str, Any]] = {"name": _("To tell your passkeys apart.")}

    name = forms.CharField(required=False, max_length=NAME_LENGTH)
    credential = CredentialField()
    passwordless = None  # always: one passkey serves both ways of signing in

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        try:
            return super().clean() or {}
        except (KeyError, TypeError, ValueError) as error:  # nothing a browser made
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeyRenameForm(OurWordsMixin, webauthn_forms.EditWebAuthnForm):
    labels: ClassVar[dict[str, Any]] = {"name": _("Name")}

    name = forms.CharField(max_length=NAME_LENGTH)
