"""A link for somebody who lost the password, to be handed over by an admin."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.utils.translation import gettext as _

from accounts.errors import NotAllowed
from accounts.models import User
from accounts.services import guards
from inventory_site.security.events import Event, about, note


def make_reset_key(*, actor: User | None, person: User) -> tuple[str, str]:
    """Return id and key of a reset link, as in the mail that allauth would send.

    It runs out after PASSWORD_RESET_TIMEOUT and works once, because it signs the
    old password and the last sign-in. An actor of None is an operator at the shell.
    Raises NotAllowed: whoever holds the link of an admin becomes that admin.
    """
    guards.require_may_change(actor, person)
    if not person.is_active:
        raise NotAllowed(_("“%s” is deactivated. Reactivate first.") % person.name)
    note(Event.RESET_LINK_MADE, **about(person))
    return user_pk_to_url_str(person), default_token_generator.make_token(person)


def pretend_to_make_reset_key() -> None:
    """Do what a reset link costs, for nobody."""
    default_token_generator.make_token(User(pk=0))
