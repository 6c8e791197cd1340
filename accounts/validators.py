"""How long a password may be."""

from typing import Final

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Longer than any password manager makes and than a paragraph learnt by heart, and
# short enough that nobody signed out can make the server compare and hash megabytes.
MAX_PASSWORD_LENGTH: Final = 512


class MaximumLengthValidator:
    """Refuses a password that is too long, in Django's list of validators.

    A `max_length` on the fields would not do: the browser would cut a pasted
    password without a word, and the person would never get in again.
    """

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        validate_password_length(password)

    def get_help_text(self) -> str:
        return _("Your password can have up to %d characters.") % MAX_PASSWORD_LENGTH


def validate_password_length(password: str) -> None:
    """Raise ValidationError for more than MAX_PASSWORD_LENGTH characters."""
    if len(password) > MAX_PASSWORD_LENGTH:
        raise ValidationError(
            _("This password has %(length)d characters; the most we take is %(most)d.")
            % {"length": len(password), "most": MAX_PASSWORD_LENGTH},
            code="password_too_long",
        )
