"""What the security log was told in a test."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from inventory_site.security import events
from inventory_site.security.lines import JsonLine

Line = dict[str, Any]


class SecurityLines(logging.Handler):
    """Keeps each line as it would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLine())
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))

    def all(self) -> list[Line]:
        return [json.loads(text) for text in self.texts]

    def of(self, event: str) -> list[Line]:
        """Return the lines of one event."""
        return [line for line in self.all() if line["event"] == event]

    def only(self, event: str) -> Line:
        """Return the one line of an event; fails for none and for several."""
        found = self.of(event)
        assert len(found) == 1, self.texts
        return found[0]

    def events(self) -> list[str]:
        return [line["event"] for line in self.all()]


@pytest.fixture
def security_lines(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SecurityLines]:
    """The lines of this test; what waits for a commit is told at once.

    A test that is wrapped in a transaction never commits; one that isn't, does.
    """
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")):
        monkeypatch.setattr(events, "on_commit", lambda write, **_options: write())
    handler = SecurityLines()
    logger = logging.getLogger("security")
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)
