"""Files that a command writes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.core.management.base import CommandError


@contextmanager
def in_place_of(output: Path) -> Iterator[IO[bytes]]:
    """Give a file that takes the place of `output` once the block is done.

    Written beside it, then renamed: a reader never sees half a file, and what goes
    wrong leaves the old one. Raises CommandError when the folder can't be written to.
    """
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as stream:
            yield stream
        part.replace(output)
    except OSError as error:
        message = f"{output} can't be written: {error.strerror}."
        raise CommandError(message) from error
    finally:
        part.unlink(missing_ok=True)
