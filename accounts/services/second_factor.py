"""Who has a second factor, who must have one, and taking it off a lost phone."""

from typing import Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F

from accounts.models import FACTORS, User
from accounts.second_factor import encrypted_anew
from accounts.services import guards
from accounts.services.locking import locked_secrets
from inventory_site.security.events import Event, about, note

WHERE_KEPT: Final = {
    Authenticator.Type.TOTP: "secret",
    Authenticator.Type.RECOVERY_CODES: "seed",
}


def has_second_factor(person: User) -> bool:
    """Tell whether `person` has an app or a passkey; recovery codes are none."""
    return bool(Authenticator.objects.filter(user=person, type__in=FACTORS).exists())


def must_set_up_second_factor(user: User | AnonymousUser) -> bool:
    """Tell whether `user` is kept out until he has one; a query for admins only."""
    if not settings.REQUIRE_MFA_FOR_ADMINS or not isinstance(user, User):
        return False
    return (user.is_staff or user.is_superuser) and not has_second_factor(user)


@transaction.atomic
def remove_second_factor(*, person: User, actor: User | None = None) -> None:
    """Take app, passkeys and recovery codes away and end every session of `person`.

    For a lost phone: whoever holds it may be signed in there. Raises NotAllowed.
    """
    guards.require_may_change(actor, person)
    Authenticator.objects.filter(user=person).delete()
    User.objects.filter(pk=person.pk).update(
        session_generation=F("session_generation") + 1
    )
    note(Event.SECOND_FACTOR_REMOVED, kind="all", **about(person))


@transaction.atomic
def encrypt_second_factors() -> list[User]:
    """Write every secret under SECRET_KEY, so that older keys are not needed for them.

    Return whose could be read by no key, in the order of their addresses; those stay as
    they are. Locks the rows of all apps and recovery codes.
    """
    unreadable = set()
    for kept in locked_secrets():
        name = WHERE_KEPT[kept.type]
        written = encrypted_anew(kept.data[name])
        if written is None:
            unreadable.add(kept.user_id)
        else:
            kept.data[name] = written
            kept.save(update_fields=["data"])
    return list(User.objects.filter(pk__in=unreadable).order_by("email"))
