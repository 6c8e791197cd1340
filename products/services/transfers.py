"""Moving stock to another location at once, and the rules that every way shares.

`transfer_drafts` writes what is sent later, `transfer_steps` sends and receives it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from products.errors import FieldRefused, NothingToPost, Unreadable, WrongState
from products.models import (
    MAX_QUANTITY,
    Location,
    Operation,
    StockMovement,
    Transfer,
)
from products.services.ledger import post
from products.services.lines import Line
from products.services.operations import Circumstances, start_operation

Kind = StockMovement.Kind


@dataclass(frozen=True, slots=True)
class Route:
    """Where goods go from and to: ids of two active stock locations."""

    source_id: int
    destination_id: int


@dataclass(frozen=True, slots=True)
class Item:
    """So many units of a product; a product twice counts together."""

    product_id: int
    quantity: int


@transaction.atomic
def transfer_stock(
    *, route: Route, items: Sequence[Item], circumstances: Circumstances
) -> Operation:
    """Move every item at once, with its value; nothing is on the way in between.

    See `ledger.post` for locks. Raises InsufficientStock naming every short item,
    FieldRefused for a route or quantity that makes no sense, NothingToPost for no
    item, ProductGone, PeriodClosed.
    """
    operation, is_new = start_operation(Operation.Kind.TRANSFERRED, circumstances)
    if not is_new:
        return operation
    check_route(route, {place.pk: place for place in Location.objects.stocked()})
    lines: list[Line] = []
    for product_id, units in add_up(items).items():
        lines += move(product_id, units, route.source_id, route.destination_id)
    post(
        operation,
        lines,
        now=circumstances.now,
        effective_at=circumstances.effective_at,
    )
    return operation


def move(
    product_id: int, units: int, source_id: int, destination_id: int
) -> list[Line]:
    """Return the two lines that take `units` from one place to another."""
    return [
        Line(product_id, source_id, Kind.TRANSFER_OUT, delta=-units),
        Line(
            product_id, destination_id, Kind.TRANSFER_IN, delta=units, is_arrival=True
        ),
    ]


def check_route(route: Route, places: dict[int, Location]) -> None:
    """Raise FieldRefused unless both ends are among `places`, in use, and differ."""

    def is_usable(location_id: int) -> bool:
        place = places.get(location_id)
        return bool(place and place.is_active and place.kind == Location.Kind.STOCK)

    errors = {
        field: [_("This location is not in use. Choose another one.")]
        for field, pk in (
            ("source", route.source_id),
            ("destination", route.destination_id),
        )
        if not is_usable(pk)
    }
    if route.source_id == route.destination_id:
        errors["destination"] = [_("Choose two different locations.")]
    if errors:
        raise FieldRefused(errors)


def add_up(items: Sequence[Item]) -> dict[int, int]:
    """Return the units per product; raises NothingToPost, FieldRefused."""
    wanted: dict[int, int] = {}
    for item in items:
        wanted[item.product_id] = wanted.get(item.product_id, 0) + item.quantity
    if not wanted:
        raise NothingToPost(_("Add a product first."))
    if any(not 0 < units <= MAX_QUANTITY for units in wanted.values()):
        text = _("Transfer between 1 and %(most)d units of each product.")
        raise FieldRefused({"lines": [text % {"most": MAX_QUANTITY}]})
    return wanted


def refuse_unless(transfer: Transfer, *states: Transfer.State) -> None:
    """Raise WrongState when a locked transfer is in none of `states`."""
    if transfer.state in states:
        return
    said = {
        Transfer.State.DRAFT: _("“%s” is still a draft. Send it first."),
        Transfer.State.SENT: _("“%s” is on the way already."),
        Transfer.State.PARTIAL: _("“%s” is on the way already, and partly received."),
        Transfer.State.RECEIVED: _("“%s” was received already."),
        Transfer.State.CANCELLED: _("“%s” was cancelled."),
    }
    if transfer.state not in said:
        raise Unreadable(str(transfer._meta.verbose_name), transfer.state, transfer.pk)
    raise WrongState(said[Transfer.State(transfer.state)] % transfer, transfer.state)


def refuse_other_version(transfer: Transfer, seen_version: int | None) -> None:
    """Raise WrongState when somebody changed a locked transfer since it was seen."""
    if seen_version not in (None, transfer.version):
        raise WrongState(
            _("Somebody else changed “%s” meanwhile. Look at it as it is now.")
            % transfer,
            transfer.state,
        )
