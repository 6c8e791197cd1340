"""The stock an import moved: what can be posted back, place by place. Reads only."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.errors import Short
from products.models import Hold, Location, StockLevel, StockMovement
from products.services.lines import Line
from products.services.locking import LevelKey
from products.services.undo_values import among
from products.services.undo_verdicts import Verdict
from products.services.valuation import VALUE_LIMIT, ZERO


@dataclass(frozen=True, slots=True)
class Moved:
    """One movement of what is undone, as far as its opposite needs it."""

    product_id: int
    location_id: int
    sku: str
    delta: int
    value_delta: Decimal

    def opposite(self) -> Line:
        return Line(
            self.product_id,
            self.location_id,
            StockMovement.Kind.REVERSAL,
            delta=-self.delta,
            value_delta=-self.value_delta,
        )


def opposites(moves: Sequence[Moved]) -> list[Line]:
    """Return the answers to `moves`, what comes in first: then no step falls short
    unless the whole does.
    """
    return sorted((move.opposite() for move in moves), key=lambda line: -line.delta)


def judge_stock(
    verdicts: Mapping[int, Verdict],
    moved: Mapping[int, Sequence[Moved]],
    moment: datetime,
    conflicts: Mapping[LevelKey, str],
) -> None:
    """Give each verdict the lines that can be posted, and say why not the others.

    All of what was moved at one place goes back, or none of it; what has `conflicts`
    stays. At most 5,000 products at once; three queries. `verdicts` are of products
    that are there.
    """
    free = _free(sorted(moved), moment)
    places = Location.objects.in_bulk()
    names_place = (
        sum(place.kind == Location.Kind.STOCK for place in places.values()) > 1
    )
    for pk, verdict in verdicts.items():
        at: dict[int, list[Moved]] = defaultdict(list)
        for move in moved.get(pk, []):
            at[move.location_id].append(move)
        for location_id, moves in at.items():
            if (pk, location_id) in conflicts:
                verdict.kept.append(conflicts[pk, location_id])
                continue
            level = free.get((pk, location_id), (0, ZERO))
            reason = _why_not(
                verdict.sku, moves, places[location_id], level, names_place=names_place
            )
            if reason:
                verdict.impossible.append(reason)
            else:
                verdict.lines += opposites(moves)


def _free(
    product_ids: Sequence[int], moment: datetime
) -> dict[LevelKey, tuple[int, Decimal]]:
    """Return what is available at `moment` at each place, and what is there is worth.

    Holds whose time is up no longer count.
    """
    due: dict[LevelKey, int] = defaultdict(int)
    holds = Hold.objects.due(moment).filter(among("product_id", product_ids))
    for pk, location_id, units in holds.values_list(
        "product_id", "location_id", "quantity"
    ):
        due[pk or 0, location_id] += units
    levels = StockLevel.objects.filter(among("product_id", product_ids)).values_list(
        "product_id", "location_id", "on_hand", "reserved", "value"
    )
    return {
        (pk, place): (on_hand - reserved + due.get((pk, place), 0), value)
        for pk, place, on_hand, reserved, value in levels
    }


def _why_not(
    sku: str,
    moves: Sequence[Moved],
    place: Location,
    level: tuple[int, Decimal],
    *,
    names_place: bool,
) -> str:
    available, value = level
    net = sum(move.delta for move in moves)
    if net > 0 and available < net:
        short = Short(sku, place.name, net, available)
        return short_line(short, names_place=names_place)
    comes_in = any(move.delta < 0 for move in moves)
    if comes_in and not place.is_active:
        return _(
            "“%(place)s” is not in use, so what was taken there can't come back."
        ) % {"place": place.name}
    if value + sum((abs(move.value_delta) for move in moves), ZERO) >= VALUE_LIMIT:
        return _("The stock would be worth more than can be booked.")
    return ""


def say_short(shorts: Collection[Short]) -> list[str]:
    """Return a sentence per short line; a shop with one location isn't told where."""
    stocked = Location.objects.filter(kind=Location.Kind.STOCK)
    names_place = stocked.count() > 1
    return [short_line(short, names_place=names_place) for short in shorts]


def short_line(short: Short, *, names_place: bool) -> str:
    """Return why that many can't be taken back, and how many are there."""
    what = _("“%s”") % short.sku
    if names_place:
        what = _("“%(sku)s” at %(location)s") % {
            "sku": short.sku,
            "location": short.location,
        }
    if short.available <= 0:
        return _(
            "None of %(what)s is available, so %(wanted)d can't be taken back."
        ) % {
            "what": what,
            "wanted": short.wanted,
        }
    return ngettext(
        "Only %(available)d is available of %(what)s,"
        " so %(wanted)d can't be taken back.",
        "Only %(available)d are available of %(what)s,"
        " so %(wanted)d can't be taken back.",
        short.available,
    ) % {"available": short.available, "what": what, "wanted": short.wanted}
