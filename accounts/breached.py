"""Passwords known to be stolen, looked up in a file beside the shop: no call leaves it.

The file is the one that the downloader of Have I Been Pwned writes: a line for each
password, its SHA-1 in hexadecimal digits, a colon and a number, sorted.
"""

import hashlib
import logging
import os
from pathlib import Path
from typing import IO, Final

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DIGITS: Final = 40
LONGEST_LINE: Final = 80  # bytes
SAMPLES: Final = 1_000  # lines that `is_sorted` looks at

logger = logging.getLogger(__name__)


class BreachedPasswordValidator:
    """Refuses what BREACHED_PASSWORDS lists; without such a file, nothing.

    A file that can't be read stops nobody: the log is told, and the other rules hold.
    """

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        try:
            known = _is_listed(settings.BREACHED_PASSWORDS, password)
        except OSError:
            logger.exception("The list of breached passwords could not be read")
            return
        if known:
            raise ValidationError(
                _("This password was stolen somewhere and is tried by thieves."),
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return _("Your password can’t be one that is known to be stolen.")


def is_sorted(path: str) -> bool:
    """Tell whether lines all over the file are as they should be, and rise.

    Raises OSError.
    """
    with Path(path).open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        places = sorted({size * part // SAMPLES for part in range(SAMPLES)})
        found = [line for place in places if (line := _key_from(file, place))]
    known = all(len(key) == DIGITS and _is_hexadecimal(key) for key in found)
    return bool(found) and known and found == sorted(found)


def _is_listed(path: str, password: str) -> bool:
    """Halve the file until one line is left: 36 looks at a billion passwords."""
    if not path:
        return False
    plain = password.encode(errors="replace")
    digest = hashlib.sha1(plain, usedforsecurity=False).hexdigest()
    wanted = digest.upper().encode()
    with Path(path).open("rb") as file:
        low, high = 0, file.seek(0, os.SEEK_END)
        while low < high:
            middle = (low + high) // 2
            key = _key_from(file, middle)
            if key and key < wanted:
                low = middle + 1
            else:
                high = middle
        return _key_from(file, low) == wanted


def _key_from(file: IO[bytes], place: int) -> bytes:
    """Return the key of the first line that begins at `place` or later; b"" at the end.

    A line too long is cut, so a file without line ends costs no memory.
    """
    file.seek(max(place - 1, 0))
    if place:
        file.readline(LONGEST_LINE)
    return file.readline(LONGEST_LINE).partition(b":")[0].strip().upper()


def _is_hexadecimal(key: bytes) -> bool:
    return not key.strip(b"0123456789ABCDEF")
