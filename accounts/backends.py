"""Signing in by e-mail, and who a person is and what they may do in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser, Permission
from django.db import connection
from django.db.models import Model, QuerySet, TextField
from django.db.models.expressions import RawSQL

from accounts.models import User
from inventory_site.statements import Prepared, ask

# Asked on every page. As a queryset it is joined from the wrong end and made anew
# each time, which costs ten times as much.
HELD = """
    SELECT app.app_label AS app, permission.codename AS codename
    FROM accounts_user_groups AS role
    JOIN auth_group_permissions AS held ON held.group_id = role.group_id
    JOIN auth_permission AS permission ON permission.id = held.permission_id
    JOIN django_content_type AS app ON app.id = permission.content_type_id
    WHERE role.user_id = %s
    UNION ALL
    SELECT app.app_label, permission.codename
    FROM accounts_user_user_permissions AS held
    JOIN auth_permission AS permission ON permission.id = held.permission_id
    JOIN django_content_type AS app ON app.id = permission.content_type_id
    WHERE held.user_id = %s
"""

# Neither an app nor a codename has a blank in it.
JOINED = {
    "sqlite": "group_concat(app || '.' || codename, ' ')",
    "postgresql": "string_agg(app || '.' || codename, ' ')",
    "mysql": "group_concat(concat(app, '.', codename) separator ' ')",
}
FIELDS = [field.attname for field in User._meta.concrete_fields]


def _person(pk: int) -> "QuerySet[User, Any]":
    """Return somebody's fields, and after them what they may do in one text."""
    sql = f"SELECT {JOINED[connection.vendor]} FROM ({HELD}) AS held"  # noqa: S608  (our own words)
    held = RawSQL(sql, (pk, pk), output_field=TextField())  # noqa: S611  (the same)
    people = User.objects.filter(pk=pk).annotate(held=held)
    return people.values_list(*FIELDS, "held")


PERSON = Prepared(_person, is_converted=True)


class RoleBackend(AuthenticationBackend):
    """allauth's sign-in; who it is and what they may do are one query, not three.

    Django asks for the person, for the person's own permissions and for those of the
    groups, on every page. The answer is cached on the user object, which lives for one
    request, so a change of role holds from the next request on.
    """

    def get_user(self, user_id: int) -> User | None:
        """Return who is signed in, with what they may do; None who may not sign in."""
        for *values, held in PERSON.rows(user_id):
            person: User = User.from_db(connection.alias, FIELDS, values)
            if not person.is_superuser:  # may do everything, granted or not
                person._perm_cache = set((held or "").split())  # noqa: SLF001 - Django's own cache, which its tests and with_perm know
            return person if self.user_can_authenticate(person) else None
        return None

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        """Find the person by the one address that signs in: one query for anybody.

        allauth looks into its own rows first, and once more where it finds nobody.
        """
        person = User.objects.filter(email=email).first()
        found: User | None = self._check_password(person, password)
        return found

    def get_all_permissions(
        self, user_obj: User | AnonymousUser, obj: Model | None = None
    ) -> set[str]:
        """Return `app_label.codename` strings; none for a deactivated person."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            user_obj._perm_cache = _fetch_permissions(user_obj)  # noqa: SLF001 - Django's own cache, which its tests and with_perm know
        return user_obj._perm_cache  # noqa: SLF001 - as above


def _fetch_permissions(user: User) -> set[str]:
    """Return what somebody may do who was found in another way."""
    if user.is_superuser:
        pairs = Permission.objects.values_list("content_type__app_label", "codename")
        return {f"{app_label}.{codename}" for app_label, codename in pairs.order_by()}
    return {f"{app}.{codename}" for app, codename in ask(HELD, [user.pk, user.pk])}
