"""Roles: keeping the groups in line with the table, and giving one to a person."""

from typing import Any

from django.db import router, transaction
from django.db.models import Q

from accounts.roles import PERMISSIONS


def sync_roles(*, using: str, apps: Any) -> None:
    """Make each role's group hold exactly the permissions of `accounts.roles`.

    `apps` is the registry of `post_migrate`, which may be that of an old state:
    where groups don't exist there (everything migrated back to zero), nothing is
    done. A codename without its permission is passed over for the same reason; a
    test holds that the newest state has them all. Other groups are left alone.
    """
    try:
        group_model = apps.get_model("auth", "Group")
        permission_model = apps.get_model("auth", "Permission")
    except LookupError:
        return
    if not router.allow_migrate_model(using, group_model):
        return
    with transaction.atomic(using=using):
        for role, codenames in PERMISSIONS.items():
            group, _made = group_model.objects.using(using).get_or_create(name=role)
            group.permissions.set(
                permission_model.objects.using(using).filter(_matching(codenames))
            )


def _matching(codenames: frozenset[str]) -> Q:
    wanted = Q(pk__in=[])
    for dotted in sorted(codenames):
        app_label, _dot, codename = dotted.partition(".")
        match = Q(content_type__app_label=app_label)
        wanted |= match if codename == "*" else match & Q(codename=codename)
    return wanted
