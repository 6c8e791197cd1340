"""Lines of the security log: one event, one line of JSON, whatever stands in it.

JSON in ASCII: a line break, an escape sequence or a letter that turns the direction of
writing comes out as its number, so nobody can forge a line or paint on a terminal. A
line is short enough (LONGEST) that the system writes it whole, also beside other
processes.
"""

import io
import json
import logging
import os
import sys
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from typing import Any, Final, TextIO

LONGEST: Final = 4_000  # characters, all of one byte; Linux writes 4,096 at once


class JsonLine(logging.Formatter):
    """Writes what `events.note` told; a record from elsewhere is told as its text."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = getattr(record, "security", {"event": record.msg})
        at = datetime.fromtimestamp(record.created, UTC)
        line = {"time": at.isoformat(timespec="milliseconds"), **told}
        text = json.dumps(line, default=str)
        if len(text) > LONGEST:
            text = json.dumps(line | {"facts": {"cut": True}}, default=str)
        return text


class ErrorOutput(logging.StreamHandler[TextIO]):
    """Writes to the error output as it is at the moment; never fails."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's
        """Say nothing: there is nowhere left to say it."""


class SecurityFile(WatchedFileHandler):
    """Appends to a file that only its owner reads; one moved away is made anew.

    What can't be written, because the disk is full or the folder gone, goes to the
    error output, and the request goes on.
    """

    def emit(self, record: logging.LogRecord) -> None:
        try:
            super().emit(record)
        except OSError:  # making the file anew
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's
        ErrorOutput.emit(_FALLBACK, record)

    def _open(self) -> io.TextIOWrapper:
        # Nothing waits in a buffer: a line is written whole or not at all.
        raw = io.FileIO(self.baseFilename, "a", opener=_for_the_owner)
        return io.TextIOWrapper(raw, encoding="ascii", write_through=True)


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


_FALLBACK = ErrorOutput()
_FALLBACK.setFormatter(JsonLine())


def handler_config(path: str) -> dict[str, Any]:
    """Return the handler for a file, or for the error output where there is none."""
    if not path:
        return {"class": f"{__name__}.ErrorOutput", "formatter": "security"}
    return {
        "class": f"{__name__}.SecurityFile",
        "formatter": "security",
        "filename": path,
        "delay": True,
    }
