"""Transfers and stocktakes as JSON and back: what undo restores of them.

A hold has its own, in `holds`.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from products.errors import CannotUndo
from products.models import Stocktake, StocktakeLine, Transfer, TransferLine

FIGURES = ("quantity", "received", "lost", "extra")


def time_as_json(moment: datetime | None) -> str | None:
    """Return a moment in UTC, as the database gives it back: undo compares the two."""
    return moment.astimezone(UTC).isoformat() if moment else None


def time_from_json(kept: str | None) -> datetime | None:
    """Return the moment that `time_as_json` kept."""
    return parse_datetime(kept) if kept else None


def transfer_as_json(
    transfer: Transfer, lines: Iterable[TransferLine]
) -> dict[str, Any]:
    """Return the state of a transfer and the figures of all its lines."""
    return {
        "state": transfer.state,
        "transit": transfer.transit_id,
        "sent_at": time_as_json(transfer.sent_at),
        "closed_at": time_as_json(transfer.closed_at),
        "lines": {
            str(line.pk): {name: int(getattr(line, name)) for name in FIGURES}
            | {"value": str(Decimal(line.value).quantize(Decimal("0.0001")))}
            for line in lines
        },
    }


def restore_transfer(
    transfer: Transfer, lines: Iterable[TransferLine], kept: Mapping[str, Any]
) -> None:
    """Give a locked transfer and its lines what was kept; two statements per 500."""
    transfer.state = Transfer.State(kept["state"])
    transfer.transit_id = kept["transit"]
    transfer.sent_at = time_from_json(kept["sent_at"])
    transfer.closed_at = time_from_json(kept["closed_at"])
    transfer.version += 1
    transfer.save(update_fields=["state", "transit", "sent_at", "closed_at", "version"])
    changed = list(lines)
    for line in changed:
        figures = kept["lines"][str(line.pk)]
        for name in FIGURES:
            setattr(line, name, figures[name])
        line.value = Decimal(figures["value"])
    TransferLine.objects.bulk_update(changed, [*FIGURES, "value"], batch_size=500)


def stocktake_as_json(stocktake: Stocktake) -> dict[str, Any]:
    """Return the state of a stocktake; its lines keep what was counted."""
    return {
        "state": stocktake.state,
        "closed_at": time_as_json(stocktake.closed_at),
        "applied_by": stocktake.applied_by_id,
    }


def restore_stocktake(stocktake: Stocktake, kept: Mapping[str, Any]) -> None:
    """Give a locked stocktake the state it had, its lines open or closed with it.

    Two statements. Raises CannotUndo when another stocktake holds one of its products
    by now.
    """
    stocktake.state = Stocktake.State(kept["state"])
    stocktake.closed_at = time_from_json(kept["closed_at"])
    stocktake.applied_by_id = kept["applied_by"]
    stocktake.save(update_fields=["state", "closed_at", "applied_by"])
    is_open = True if stocktake.state in Stocktake.OPEN else None
    lines = StocktakeLine.objects.filter(stocktake=stocktake)
    try:
        with transaction.atomic():
            lines.update(is_open=is_open)
    except IntegrityError as error:
        raise CannotUndo(
            [_("Some of its products are in another open count by now.")]
        ) from error
