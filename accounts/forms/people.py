"""Forms about people: inviting, accepting, roles, one's own name."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.doors import PASSWORD_HINT
from accounts.models import Invitation, User
from accounts.roles import DEFAULT_ROLE, Role
from accounts.services.guards import roles_to_give


class InviteForm(forms.ModelForm):
    """Name, e-mail and a role the inviting person may give."""

    class Meta:
        model = Invitation
        fields = ["name", "email", "role"]

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = role_field(actor)
        if not self.is_bound:  # later the summary of the errors gets the focus
            self.fields["name"].widget.attrs["autofocus"] = True

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if User.objects.filter(email=email).exists():
            raise ValidationError(_("There is an account with this e-mail already."))
        return email


class AcceptForm(forms.Form):
    """What somebody invited adds: the name as he writes it, and a password."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        help_text=PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            person = User(name=cleaned.get("name", ""), email=self.invitation.email)
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class RoleForm(forms.Form):
    """One of the roles the actor may give; another one is no valid choice."""

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = role_field(actor)


class ProfileForm(forms.ModelForm):
    """One's own name and language."""

    class Meta:
        model = User
        fields = ["name", "language"]

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002 - Django's signature
        person: User = super().save(commit=False)
        if commit:
            person.save(update_fields=["name", "language"])
        return person


class EmailChangeForm(forms.Form):
    """The address one wants to have from now on."""

    email = forms.EmailField(
        label=gettext_lazy("New e-mail"),
        help_text=gettext_lazy("A link is mailed there, and one to your old address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if email == self.person.email:
            raise ValidationError(_("This is your e-mail already."))
        return email


def role_field(actor: User) -> forms.TypedChoiceField:
    """Return the choice of a role, with what `actor` may give."""
    return forms.TypedChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in roles_to_give(actor)],
        coerce=Role,
        initial=DEFAULT_ROLE,
    )
