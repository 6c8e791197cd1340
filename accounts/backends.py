"""Signing in by e-mail, and what a person may do in one query."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser, Permission
from django.db import connection
from django.db.models import Model

from accounts.models import User

# Asked on every page. As a queryset it is joined from the wrong end and made anew
# each time, which costs ten times as much.
HELD = """
    SELECT app.app_label, permission.codename
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


class RoleBackend(AuthenticationBackend):
    """allauth's sign-in with Django's permissions, fetched in one query, not two.

    Django asks once for the person's own permissions and once for those of the
    groups, on every page. The answer is cached on the user object, which lives
    for one request, so a change of role holds from the next request on.
    """

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
    if user.is_superuser:
        pairs = Permission.objects.values_list("content_type__app_label", "codename")
        return {f"{app_label}.{codename}" for app_label, codename in pairs.order_by()}
    with connection.cursor() as cursor:
        cursor.execute(HELD, [user.pk, user.pk])
        return {f"{app_label}.{codename}" for app_label, codename in cursor.fetchall()}
