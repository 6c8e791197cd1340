"""Transfers for tests: from the default location to “Back room”, by the services."""

from typing import Any

from products.models import (
    Location,
    Operation,
    Product,
    StockLevel,
    Transfer,
    TransferLine,
)
from products.services.transfer_drafts import Draft, create_transfer
from products.services.transfer_lines import Arrival
from products.services.transfer_steps import (
    cancel_transfer,
    receive_transfer,
    send_transfer,
)
from products.services.transfers import Item, Route
from products.tests.factories import by, make_location


def back_room() -> Location:
    """The second location, made on the first call."""
    return Location.objects.filter(code="BACK").first() or make_location()


def main_to_back() -> Route:
    return Route(Location.objects.get_default().pk, back_room().pk)


def draft(*wanted: tuple[Product, int], **kwargs: Any) -> Transfer:
    items = [Item(product.pk, quantity) for product, quantity in wanted]
    return create_transfer(
        draft=Draft(main_to_back(), items, **kwargs), circumstances=by()
    )


def send(transfer: Transfer, **kwargs: Any) -> Operation:
    return send_transfer(transfer_id=transfer.pk, circumstances=by(**kwargs))


def sent(*wanted: tuple[Product, int], **kwargs: Any) -> Transfer:
    transfer = draft(*wanted, **kwargs)
    send(transfer)
    return refreshed(transfer)


def receive(transfer: Transfer, *came: Arrival, **kwargs: Any) -> Operation:
    """Receive `came`, one for each line in their order."""
    lines = transfer.lines.order_by("pk").values_list("pk", flat=True)
    arrivals = dict(zip(lines, came, strict=True))
    return receive_transfer(
        transfer_id=transfer.pk, arrivals=arrivals, circumstances=by(**kwargs)
    )


def cancel(transfer: Transfer, **kwargs: Any) -> Operation:
    return cancel_transfer(transfer_id=transfer.pk, circumstances=by(**kwargs))


def refreshed(transfer: Transfer) -> Transfer:
    return Transfer.objects.get(pk=transfer.pk)


def only_line(transfer: Transfer) -> TransferLine:
    return TransferLine.objects.get(transfer=transfer)


def stock(product: Product) -> dict[str, tuple[int, str]]:
    """On hand and value by the code of the location; places with nothing left out."""
    rows = StockLevel.objects.filter(product=product, on_hand__gt=0)
    return {
        code: (on_hand, f"{value:.4f}")
        for code, on_hand, value in rows.values_list(
            "location__code", "on_hand", "value"
        )
    }
