"""Who has a second factor, who must have one, and taking it off a lost phone."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F

from accounts.models import FACTORS, User
from accounts.services import guards
from inventory_site.security.events import Event, about, note


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
