"""The roles, as data: which permissions each of them holds.

After every `migrate` the groups of the same names are made to hold exactly these
(accounts/apps.py); groups a shop made for itself are left alone. Views never ask
for a role, only for a codename.
"""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The value is the group's name in the database and is never translated."""

    ADMIN = "Admin", _("Admin")
    CLERK = "Clerk", _("Clerk")
    REGULAR = "Regular", _("Regular")


DEFAULT_ROLE: Final = Role.REGULAR

MANAGE_PEOPLE: Final = "accounts.manage_people"

BROWSE: Final = frozenset(
    f"products.view_{model}"
    for model in (
        "product",
        "category",
        "brand",
        "productgroup",
        "location",
        "stocklevel",
        "stockmovement",
        "operation",
        "hold",
        "transfer",
        "stocktake",
        "closing",
    )
)
MOVE_STOCK: Final = frozenset(
    f"products.{verb}_stock" for verb in ("adjust", "transfer", "count", "hold")
)

# "products.*" stands for every permission of that app, today's and tomorrow's.
PERMISSIONS: Final[dict[Role, frozenset[str]]] = {
    Role.ADMIN: frozenset({"products.*", MANAGE_PEOPLE}),
    Role.CLERK: BROWSE | MOVE_STOCK,
    Role.REGULAR: BROWSE,
}


def makes_staff(role: Role | None, *, is_superuser: bool) -> bool:
    """Tell who may enter the Django admin: the one place that decides it."""
    return is_superuser or role == Role.ADMIN


# What the People page says of the roles; whether one may is read from the table above.
CAPABILITIES: Final = (
    (_("Browse products and stock"), "products.view_product"),
    (
        _("Move stock: receive, sell, adjust, transfer, count, hold"),
        "products.adjust_stock",
    ),
    (_("See cost and stock value"), "products.view_cost"),
    (_("Add, edit, archive and delete products, import"), "products.add_product"),
    (_("People, roles and the Django admin"), MANAGE_PEOPLE),
)


def holds(role: Role, codename: str) -> bool:
    """Tell whether `role` holds the permission `app_label.codename`."""
    app_label = codename.partition(".")[0]
    return bool(PERMISSIONS[role] & {codename, f"{app_label}.*"})
