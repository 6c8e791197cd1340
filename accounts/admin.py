"""People and groups in the Django admin.

Nobody can delete a person, a superuser neither: the history names people, and a
name that is gone can't answer for a movement. Deactivate instead. The addresses
that allauth keeps are not shown: they follow the person's e-mail.
"""

from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from accounts.admin_log import GroupLogMixin, PersonLogMixin
from accounts.errors import AccountError
from accounts.forms.admin import PersonAddForm, PersonChangeForm, PersonPasswordForm
from accounts.models import User
from accounts.roles import MANAGE_PEOPLE, Role
from accounts.services import guards
from accounts.services.people import (
    assign_role,
    deactivate_person,
    reactivate_person,
    set_shop_groups,
    set_superuser,
    vouch_for_address,
)
from inventory_site.security.events import Event, Outcome, note

admin.site.unregister(EmailAddress)
admin.site.unregister(Authenticator)  # it would show the secrets
admin.site.unregister(UserSession)  # and this one the keys of sessions
admin.site.unregister(Group)


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, Any]]:
        return [(role.value, role.label) for role in Role]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[User]
    ) -> QuerySet[User]:
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class PersonAdmin(PersonLogMixin, UserAdmin):
    """Django's user admin over our services, for holders of `manage_people`."""

    form = PersonChangeForm
    add_form = PersonAddForm
    change_password_form = PersonPasswordForm
    list_display = ("name", "email", "shown_role", "is_active", "last_login")
    list_filter = ("is_active", RoleFilter)
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("name", "email")
    ordering = ("name", "pk")
    filter_horizontal = ("user_permissions",)
    readonly_fields = ("last_login", "date_joined")
    add_fieldsets = (
        (None, {"fields": ("email", "name", "role", "password1", "password2")}),
    )
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        (_("Access"), {"fields": ("role", "is_active")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    superuser_fieldset = (
        _("For superusers"),
        {"fields": ("is_superuser", "shop_groups", "user_permissions")},
    )

    @admin.display(description=_("role"))
    def shown_role(self, person: User) -> str:
        return str(person.role.label) if person.role else "–"

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Leave what only superusers may give out of everybody else's form."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None and request.user.is_superuser:
            return (*fieldsets, self.superuser_fieldset)
        return fieldsets

    def get_form(
        self,
        request: HttpRequest,
        obj: User | None = None,
        change: bool = False,  # noqa: FBT001, FBT002 - Django's signature
        **kwargs: Any,
    ) -> type[ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"actor": _actor(request)})

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer what a service refuses with a sentence; all is rolled back."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except AccountError as error:
            note(Event.ACTION_REFUSED, outcome=Outcome.REFUSED, code=error.code)
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(
        self, request: HttpRequest, obj: User, form: ModelForm, change: Any
    ) -> None:
        """Write name and address here, and the rest through the services."""
        if change:
            obj.save(update_fields={"email", "name"} & set(form.changed_data))
        else:
            obj.save(force_insert=True)
        if not change or "email" in form.changed_data:
            vouch_for_address(person=obj)
        _change_access(obj, form, actor=_actor(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MANAGE_PEOPLE)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(MANAGE_PEOPLE)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MANAGE_PEOPLE)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = request.user.has_perm(MANAGE_PEOPLE)
        return may and (obj is None or guards.may_change(_actor(request), obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _actor(request: HttpRequest) -> User:
    return cast("User", request.user)  # the admin lets in no other


def _change_access(person: User, form: ModelForm, *, actor: User) -> None:
    """Hand each changed field to its service."""
    wanted, changed = form.cleaned_data, set(form.changed_data)
    if "role" in changed or person.role is None:
        assign_role(person=person, role=wanted["role"], actor=actor)
    if "is_superuser" in changed:
        set_superuser(person=person, value=wanted["is_superuser"], actor=actor)
    if "is_active" in changed:
        change = reactivate_person if wanted["is_active"] else deactivate_person
        change(person=person, actor=actor)
    if "shop_groups" in changed:
        set_shop_groups(person=person, groups=wanted["shop_groups"], actor=actor)


@admin.register(Group)
class ShopGroupAdmin(GroupLogMixin, GroupAdmin):
    """Groups of the shop's own, for superusers; those of the roles can't be edited,
    because each migrate sets them back to `accounts/roles.py`.
    """

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser) and not _is_role(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser) and not _is_role(obj)


def _is_role(group: Group | None) -> bool:
    return group is not None and group.name in Role.values
