"""The state of the shop that figures are true of: cheap to look at."""

from dataclasses import dataclass

from products.models import Hold, Operation

WINDOW = 10_000  # operations


@dataclass(frozen=True, slots=True)
class ShopState:
    """Everything that moves a figure is an operation, but for a hold that expires.

    A long operation has a number below those that began after it and were done first:
    the count of the last WINDOW numbers tells that it arrived.
    """

    last_operation: int
    operation_count: int
    open_hold_count: int


def shop_state() -> ShopState:
    """Return the state of now; three queries, to be seen from one moment."""
    newest = Operation.objects.order_by("-pk").values_list("pk", flat=True)
    last = newest.first() or 0
    return ShopState(
        last_operation=last,
        operation_count=Operation.objects.filter(pk__gt=last - WINDOW).count(),
        open_hold_count=Hold.objects.open().count(),
    )
