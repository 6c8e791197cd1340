"""Another e-mail address: the old one must agree, the new one must prove itself."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.errors import AddressTaken, EmailChangeSpent
from accounts.models import EmailChange, User
from accounts.services.people import vouch_for_address
from accounts.services.tokens import TOKEN_BYTES, hash_token
from inventory_site.security.events import Event, about, note

LIFETIME: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AskedChange:
    """What was asked, with the tokens to mail, which are not kept anywhere."""

    change: EmailChange
    old_token: str
    new_token: str
    is_taken: bool  # by another account: then nobody gets the new token


@transaction.atomic
def ask_email_change(*, person: User, new_email: str) -> AskedChange:
    """Put down the wish, in the place of an older one whose links die.

    The same is written for an address that has an account, so that nobody can tell.
    """
    old_token, new_token = (secrets.token_urlsafe(TOKEN_BYTES) for _ in range(2))
    change, _made = EmailChange.objects.update_or_create(
        person=person,
        defaults={
            "new_email": new_email,
            "old_token_hash": hash_token(old_token),
            "new_token_hash": hash_token(new_token),
            "old_agreed_at": None,
            "new_agreed_at": None,
            "expires_at": timezone.now() + LIFETIME,
        },
    )
    note(Event.EMAIL_CHANGE_ASKED, **about(person))
    is_taken = User.objects.filter(email=new_email).exists()
    return AskedChange(change, old_token, new_token, is_taken)


def open_email_change(person: User) -> EmailChange | None:
    """Return the wish of `person` that waits for an address, or None."""
    waiting = EmailChange.objects.filter(person=person, expires_at__gt=timezone.now())
    return waiting.first()


def find_email_change(token: str) -> EmailChange:
    """Return the change one of whose links has this token, with its person.

    Raises EmailChangeSpent, for somebody deactivated meanwhile too.
    """
    mailed = Q(old_token_hash=hash_token(token)) | Q(new_token_hash=hash_token(token))
    found = (
        EmailChange.objects.select_related("person")
        .filter(mailed, expires_at__gt=timezone.now(), person__is_active=True)
        .first()
    )
    if found is None:
        raise EmailChangeSpent
    return found


@transaction.atomic
def agree_to_email_change(*, token: str) -> bool:
    """Let one address agree; True when it was the second one and the e-mail is changed.

    Of two who agree at once the later one sees both: each writes the same row first.
    Raises EmailChangeSpent, and AddressTaken when an account has it by now.
    """
    change, now = find_email_change(token), timezone.now()
    is_old = change.old_token_hash == hash_token(token)
    column = "old_agreed_at" if is_old else "new_agreed_at"
    own = EmailChange.objects.filter(pk=change.pk, old_token_hash=change.old_token_hash)
    own.update(**{column: now})
    at = "old" if is_old else "new"
    note(Event.EMAIL_CHANGE_AGREED, address=at, **about(change.person))
    both = own.filter(old_agreed_at__isnull=False, new_agreed_at__isnull=False)
    deleted_count, _per_model = both.delete()
    if deleted_count:
        _change_email(change.person, change.new_email)
    return bool(deleted_count)


def withdraw_email_change(*, person: User) -> None:
    """Make both links useless."""
    EmailChange.objects.filter(person=person).delete()
    note(Event.EMAIL_CHANGE_WITHDRAWN, **about(person))


def _change_email(person: User, email: str) -> None:
    person.email = email
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
    except IntegrityError as error:
        raise AddressTaken(email) from error
    vouch_for_address(person=person)
    note(Event.EMAIL_CHANGED, **about(person))
