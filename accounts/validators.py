"""What a password may be, and that there is a new one."""

from typing import Final

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from inventory_site.security.events import Event, about, note

LEAST_BESIDE: Final = 8  # characters, as many as a password needs anyway
SHORTEST_WORD: Final = 4  # of the shop's name that counts by itself
TRADE_WORDS: Final = ("inventory", "warehouse", "products", "stock")

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

    def password_changed(self, password: str, user: AbstractBaseUser) -> None:
        """Tell the log; Django asks each validator after a password was saved."""
        note(Event.PASSWORD_SET, **about(user))

    def get_help_text(self) -> str:
        return _("Your password can have up to %d characters.") % MAX_PASSWORD_LENGTH


class ShopWordsValidator:
    """Refuses a password that is little but the shop's name or a word of the trade.

    Whoever guesses begins with these; beside eight other characters they do no harm.
    """

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        typed = rest = password.casefold()
        for word in _words_of_the_shop():
            rest = rest.replace(word, "")
        if rest != typed and len(rest) < LEAST_BESIDE:
            raise ValidationError(
                _("This password is little but the name of the shop. Add other words."),
                code="password_of_shop_words",
            )

    def get_help_text(self) -> str:
        return _("Your password can’t be little but the name of the shop.")


def _words_of_the_shop() -> list[str]:
    """Return what a guesser knows of the shop, the longest first."""
    name = settings.SHOP_NAME.casefold()
    parts = {part for part in name.split() if len(part) >= SHORTEST_WORD}
    return sorted({name, *parts, *TRADE_WORDS}, key=len, reverse=True)


def validate_password_length(password: str) -> None:
    """Raise ValidationError for more than MAX_PASSWORD_LENGTH characters."""
    if len(password) > MAX_PASSWORD_LENGTH:
        raise ValidationError(
            _("This password has %(length)d characters; the most we take is %(most)d.")
            % {"length": len(password), "most": MAX_PASSWORD_LENGTH},
            code="password_too_long",
        )
