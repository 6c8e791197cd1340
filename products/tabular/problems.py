"""What can be wrong with a file, or with one cell of it, said to a person."""

from dataclasses import dataclass

SHOWN_LENGTH = 120


class UnreadableFileError(Exception):
    """The file as a whole can't be read; `str()` says why and what to do."""


class ColumnsError(UnreadableFileError):
    """The header doesn't say clearly what the columns are."""


@dataclass
class BadCellError(Exception):
    """One cell can't be taken.

    `reason` says what is wrong with it, `mend` what to write instead; both are whole
    sentences.
    """

    reason: str
    mend: str

    def __str__(self) -> str:
        return f"{self.reason} {self.mend}"


def shown(value: str) -> str:
    """Return `value` short enough for a report: a damaged cell can be megabytes."""
    return value if len(value) <= SHOWN_LENGTH else f"{value[: SHOWN_LENGTH - 1]}…"
