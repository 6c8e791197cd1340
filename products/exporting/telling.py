"""Files that leave the shop, told to the security log with their filters and rows."""

from collections.abc import Iterable, Iterator, Mapping
from contextvars import Context, copy_context
from typing import Any, TypeVar

from inventory_site.security.events import Event, Outcome, note
from products.tabular.tally import Tally, tally_of_context

Piece = TypeVar("Piece", bound=str | bytes)
END: Any = object()


def told(
    pieces: Iterable[Piece],
    *,
    what: str,
    with_cost: bool,
    filters: Mapping[str, Any] | None = None,
) -> Iterator[Piece]:
    """Return `pieces`; a line is written now, and one when the last was taken.

    The second one says how many rows there were, also of a file that broke off. What
    makes the pieces runs in a context of its own: the request is over before the file
    is, and the line should still know it.
    """
    facts = {"what": what, "with_cost": with_cost, "filters": dict(filters or {})}
    note(Event.EXPORTED, outcome=Outcome.STARTED, **facts)
    context, tally = copy_context(), Tally()
    context.run(tally_of_context.set, tally)
    return _sent(iter(pieces), context, tally, facts)


def _sent(
    pieces: Iterator[Piece], context: Context, tally: Tally, facts: dict[str, Any]
) -> Iterator[Piece]:
    outcome = Outcome.FAILED
    try:
        while (piece := context.run(next, pieces, END)) is not END:
            yield piece
        outcome = Outcome.DONE
    finally:
        context.run(note, Event.EXPORTED, outcome=outcome, rows=tally.rows, **facts)
