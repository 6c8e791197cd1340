"""Keys of commands: a call that is repeated after a lost answer acts once."""

from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError, CommandParser

from products.errors import KeyReused
from products.services.operations import Once

LONGEST = 90  # letters; with “command:” in front it still fits the operation's column


def add_key_argument(parser: CommandParser) -> None:
    """Offer `--key`."""
    parser.add_argument(
        "--key",
        help="any text: a second call with the same key changes nothing more and gives"
        " the first answer",
    )


def once_with(key: str | None, request: Mapping[str, Any]) -> Once | None:
    """Return the key with the request it stands for; None without one.

    Raises CommandError for a key that can't be stored.
    """
    if not key:
        return None
    if len(key) > LONGEST or not key.isprintable():
        message = f"A key can have {LONGEST} letters at most, on one line."
        raise CommandError(message)
    return Once(key=f"command:{key}", request=request)


def key_reused(error: KeyReused) -> CommandError:
    """Return the refusal of a key that stands for something else."""
    key = error.key.removeprefix("command:")
    return CommandError(f"The key “{key}” was used for another request before.")
