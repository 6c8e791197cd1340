"""Forms of the Django admin for people; the writing is done by the services."""

from typing import Any

from django import forms
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    BaseUserCreationForm,
    UserChangeForm,
)
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.errors import LastAdmin
from accounts.forms.people import role_field
from accounts.models import User
from accounts.roles import Role
from accounts.services.guards import require_others_remain


class PersonAddForm(BaseUserCreationForm):
    """E-mail, name, role and password of somebody new."""

    actor: User  # set by the admin for each request

    class Meta:
        model = User
        fields = ("email", "name")

    role = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = role_field(self.actor)


class PersonChangeForm(UserChangeForm):
    """Who somebody is and what he may do.

    `is_superuser` and `user_permissions` are model fields, which the admin leaves
    out of the form of everybody who is no superuser; `shop_groups` is left out here.
    """

    actor: User  # set by the admin for each request

    class Meta:
        model = User
        fields = "__all__"

    role = forms.ChoiceField()
    shop_groups = forms.ModelMultipleChoiceField(
        Group.objects.exclude(name__in=Role.values).order_by("name"),
        label=gettext_lazy("Groups of the shop’s own"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = role_field(self.actor)
        self.initial["role"] = self.instance.role
        if self.actor.is_superuser:
            held = self.instance.groups.exclude(name__in=Role.values)
            self.initial["shop_groups"] = list(held)
        else:  # left out of the page, but a declared field would still be read
            del self.fields["shop_groups"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        is_admin = cleaned.get("role") == Role.ADMIN
        if cleaned.get("is_superuser") and not is_admin:
            text = _("A superuser has the role Admin.")
            self.add_error("role", ValidationError(text))
        self.check_others_remain(is_admin=is_admin)
        return cleaned

    def check_others_remain(self, *, is_admin: bool) -> None:
        """Say early what the services will hold under their lock."""
        stored = User.objects.get(pk=self.instance.pk)
        stays = is_admin and self.cleaned_data.get("is_active", False)
        is_superuser = self.cleaned_data.get("is_superuser", stored.is_superuser)
        try:
            require_others_remain(
                stored, keeps_admin=stays, keeps_superuser=stays and is_superuser
            )
        except LastAdmin as error:
            self.add_error(None, str(error))


class PersonPasswordForm(AdminPasswordChangeForm):
    """A new password for somebody; shutting out is done by deactivating."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        self.fields["password1"].required = True
        self.fields["password2"].required = True
