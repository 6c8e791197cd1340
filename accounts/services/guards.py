"""Who may do what to whom; asked by services before they write, by views to show.

An actor of None is an operator at the shell, who may do what a superuser may.
That somebody may manage people at all is a permission, checked by the view.
"""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.errors import LastAdmin, NotAllowed
from accounts.models import User
from accounts.roles import Role


def may_change(actor: User | None, person: User) -> bool:
    """Tell whether `actor` may change the role, access or address of `person`."""
    return _is_superuser(actor) or not person.is_staff


def roles_to_give(actor: User | None) -> list[Role]:
    """Return the roles `actor` may give: only a superuser makes an admin."""
    return [role for role in Role if role != Role.ADMIN or _is_superuser(actor)]


def require_may_change(actor: User | None, person: User) -> None:
    """Raise NotAllowed unless `actor` may change `person`."""
    if not may_change(actor, person):
        raise NotAllowed(
            _("Only a superuser can change an admin such as “%s”.") % person.name
        )


def require_may_give(actor: User | None, role: Role) -> None:
    """Raise NotAllowed unless `actor` may give `role`."""
    if role not in roles_to_give(actor):
        raise NotAllowed(_("Only a superuser can make somebody an admin."))


def require_superuser(actor: User | None) -> None:
    """Raise NotAllowed unless `actor` is a superuser or the operator."""
    if not _is_superuser(actor):
        raise NotAllowed(_("Only a superuser can give or take this."))


def require_others_remain(
    person: User, *, keeps_admin: bool = False, keeps_superuser: bool = False
) -> None:
    """Raise LastAdmin when the shop would lose its last admin or last superuser.

    Both are counted: only a superuser can make an admin, so a shop without one
    could never have a second admin again. Call it under `lock_admins()`.
    """
    people = User.objects.exclude(pk=person.pk)
    if person.is_active and person.is_staff and not keeps_admin:
        _require_another(people.admins(), person)
    if person.is_active and person.is_superuser and not keeps_superuser:
        _require_another(people.superusers(), person)


def _require_another(others: QuerySet[User], person: User) -> None:
    if not others.exists():
        raise LastAdmin(person.name)


def _is_superuser(actor: User | None) -> bool:
    return actor is None or actor.is_superuser
