"""What is done to people and groups in the Django admin, told to the security log.

Beside Django's own list of what was done there: that one is in the database, where
whoever changes it may also clear it.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.models import User
from inventory_site.security.events import Event, about, note


class PersonLogMixin(admin.ModelAdmin):
    """Tells of people; their roles and access are told by the services."""

    def log_addition(self, request: HttpRequest, obj: User, message: Any) -> Any:
        note(Event.PERSON_CREATED, role=obj.role, superuser=False, **about(obj))
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> Any:
        note(Event.PERSON_EDITED, fields=_fields(message), **about(obj))
        return super().log_change(request, obj, message)

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: Any
    ) -> None:
        super().save_related(request, form, formsets, change)
        if "user_permissions" in form.changed_data:
            held = _codenames(form.instance.user_permissions.all())
            note(Event.PERMISSIONS_CHANGED, permissions=held, **about(form.instance))


class GroupLogMixin(admin.ModelAdmin):
    """Tells of groups, with what they may after it."""

    def log_addition(self, request: HttpRequest, obj: Group, message: Any) -> Any:
        _note_group(obj, "added")
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Group, message: Any) -> Any:
        _note_group(obj, "changed")
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Group]) -> Any:
        for group in queryset:
            _note_group(group, "deleted")
        return super().log_deletions(request, queryset)


def _note_group(group: Group, what: str) -> None:
    held = _codenames(group.permissions.all())
    note(Event.GROUP_EDITED, what=what, group=group.name, permissions=held)


def _codenames(permissions: QuerySet[Permission]) -> set[str]:
    names = permissions.values_list("content_type__app_label", "codename")
    return {f"{app_label}.{codename}" for app_label, codename in names}


def _fields(message: Any) -> list[str]:
    """Return which fields Django says have changed."""
    changes = message if isinstance(message, list) else []
    found = [change.get("changed", {}).get("fields", []) for change in changes]
    return [str(field) for fields in found for field in fields]
