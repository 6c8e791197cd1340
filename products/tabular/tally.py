"""How many rows were written: counted where they are written, asked far above.

No format and no report has to hand it on.
"""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Tally:
    """The rows of a file so far, without its header."""

    rows: int = 0


tally_of_context: ContextVar[Tally | None] = ContextVar("tally", default=None)


def tally() -> Tally:
    """Return the tally that somebody up there has set, or one that nobody reads."""
    return tally_of_context.get() or Tally()
