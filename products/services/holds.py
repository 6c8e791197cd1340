"""The rows of holds, below the ledger; `reservations` is what people do with them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from products.errors import Unreadable
from products.models import Hold, StockLevel
from products.services.locking import LevelKey, batches
from products.services.records import time_as_json, time_from_json

OPEN = Hold.State.OPEN


def close_due(levels: Collection[StockLevel], moment: datetime) -> dict[LevelKey, int]:
    """Let the holds of these locked levels expire whose time is up at `moment`.

    Returns how many units that frees per level; the caller lowers `reserved`. Raises
    Unreadable for one whose time is none. No
    query where nothing is held, else one, and one more per 5,000 that expire. A hold
    ended at its minute, whenever somebody notices.
    """
    held = {level.product_id for level in levels if level.reserved}
    freed: dict[LevelKey, int] = defaultdict(int)
    if not held:
        return freed
    due = [
        hold
        for batch in batches(held)
        for hold in Hold.objects.due(moment).filter(product_id__in=batch)
    ]
    for hold in due:
        freed[hold.product_id or 0, hold.location_id] += hold.quantity
        if hold.expires_at is None:  # the database compares what is no time, too
            raise Unreadable(str(Hold._meta.verbose_name), str(_("until")), hold.pk)
        hold.state, hold.closed_at = Hold.State.EXPIRED, hold.expires_at
    Hold.objects.bulk_update(due, ["state", "closed_at"], batch_size=500)
    return freed


def reserved_by(holds: Sequence[Hold]) -> dict[LevelKey, int]:
    """Return how many units these holds keep per level, whatever their state."""
    kept: dict[LevelKey, int] = defaultdict(int)
    for hold in holds:
        kept[hold.product_id or 0, hold.location_id] += hold.quantity
    return kept


def hold_as_json(hold: Hold) -> dict[str, Any]:
    """Return what undo may restore of a hold, as a DocumentChange keeps it."""
    return {"state": str(hold.state), "expires_at": time_as_json(hold.expires_at)}


def set_hold(hold: Hold, kept: Mapping[str, Any], moment: datetime) -> None:
    """Give a hold the state it had; the caller has the level locked and saves it.

    One that was open and whose time is up at `moment` has expired instead.
    """
    hold.state = Hold.State(kept["state"])
    until = time_from_json(kept["expires_at"])
    hold.expires_at = until
    hold.closed_at = None if hold.state == OPEN else moment
    if hold.state == OPEN and until is not None and until <= moment:
        hold.state, hold.closed_at = Hold.State.EXPIRED, until
