"""Signing in by e-mail, and what a person may do in one query."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Model, Q

from accounts.models import User


class RoleBackend(AuthenticationBackend):
    """allauth's sign-in with Django's permissions, fetched in one query, not two.

    Django asks once for the person's own permissions and once for those of the
    groups, on every page. The answer is cached on the user object, which lives
    for one request, so a change of role holds from the next request on.
    """

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
    permissions = Permission.objects.order_by()
    if not user.is_superuser:
        permissions = permissions.filter(Q(user=user) | Q(group__user=user))
    pairs = permissions.values_list("content_type__app_label", "codename").distinct()
    return {f"{app_label}.{codename}" for app_label, codename in pairs}
