"""allauth's forms in our words; what they do with the input stays allauth's."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.passwords import pretend_to_make_reset_key
from accounts.services.people import pretend_to_register
from accounts.validators import validate_password_length

EMAIL_LABEL = _("E-mail")
PASSWORD_HINT = _("At least 8 characters. A few words are easy to keep in mind.")


class OurWordsMixin(forms.BaseForm):
    """Labels, hints and posted names of our own, on a form of allauth's.

    No placeholders: they vanish when one types, and the label says the same. The
    posted names are what a person would call the fields, not allauth's.
    """

    labels: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}
    posted_names: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:  # later the summary of the errors gets the focus
            next(iter(self.fields.values())).widget.attrs["autofocus"] = True
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")

    def add_prefix(self, field_name: str) -> str:
        return super().add_prefix(self.posted_names.get(field_name, field_name))


class RegisterForm(OurWordsMixin, allauth_forms.SignupForm):
    """Name, e-mail and password; whatever else is posted is not read."""

    field_order = ["name", "email", "password1"]
    labels: ClassVar[dict[str, Any]] = {"email": EMAIL_LABEL}
    hints: ClassVar[dict[str, Any]] = {"password1": PASSWORD_HINT}
    posted_names: ClassVar[dict[str, str]] = {"password1": "password"}

    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean(self) -> dict[str, Any]:
        """Hold the password against the name too; allauth knows the e-mail only."""
        cleaned: dict[str, Any] = super().clean() or {}
        name, password = cleaned.get("name"), cleaned.get("password1")
        if name and password and "password1" not in self.errors:
            try:
                validate_password(password, User(name=name))
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned

    def try_save(self, request: Any) -> Any:
        """Do the work of an account for a taken address too: time would tell of it."""
        if self.account_already_exists:
            pretend_to_register(
                name=self.cleaned_data["name"], password=self.cleaned_data["password1"]
            )
        return super().try_save(request)


class SignInForm(OurWordsMixin, allauth_forms.LoginForm):
    """E-mail and password."""

    labels: ClassVar[dict[str, Any]] = {
        "login": EMAIL_LABEL,
        "remember": _("Keep me signed in on this device"),
    }
    posted_names: ClassVar[dict[str, str]] = {"login": "email"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        # An error of the field, so that nothing that long is ever hashed.
        self.fields["password"].validators.append(validate_password_length)


class ResetRequestForm(OurWordsMixin, allauth_forms.ResetPasswordForm):
    """The address a link is mailed to."""

    labels: ClassVar[dict[str, Any]] = {"email": EMAIL_LABEL}

    def save(self, request: Any, **kwargs: Any) -> str:
        """Do the work of a link for an unknown address too: time would tell of it."""
        if not self.users:
            pretend_to_make_reset_key()
        return str(super().save(request, **kwargs))


class ResetForm(OurWordsMixin, allauth_forms.ResetPasswordKeyForm):
    """The new password, twice."""

    labels: ClassVar[dict[str, Any]] = {
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }
    hints: ClassVar[dict[str, Any]] = {"password1": PASSWORD_HINT}


class PasswordChangeForm(OurWordsMixin, allauth_forms.ChangePasswordForm):
    """The old password and the new one, twice."""

    labels: ClassVar[dict[str, Any]] = {
        **ResetForm.labels,
        "oldpassword": _("Current password"),
    }
    hints: ClassVar[dict[str, Any]] = {"password1": PASSWORD_HINT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].validators.append(validate_password_length)
