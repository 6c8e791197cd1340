"""The last minutes of the story: stock that is kept for orders and customers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F

from products.models import Operation, Product
from products.services.expiry import expire_holds
from products.services.operations import Author, Circumstances
from products.services.reservations import (
    Wanted,
    fulfil_holds,
    hold_stock,
    release_holds,
)

SPARE = 12  # units above the reorder point: holding fewer changes nobody's state
STEPS = 9
FEWEST = 10  # products; with fewer there is nothing to tell


class Keeper:
    """Holds stock as the shop does; call inside one transaction."""

    def __init__(
        self, people: Sequence[str], web_shop: str, *, since: datetime, now: datetime
    ) -> None:
        """The steps happen one after the other between `since` and `now`."""
        self._people, self._web_shop = people, web_shop
        self._now = now
        pause = (now - since) / (STEPS + 1)
        self._moments = iter([since + pause * n for n in range(1, STEPS + 1)])
        self._soon_over = since + pause * STEPS

    def keep_goods(self) -> None:
        """Leave holds in every state, one of them about to end.

        Of what there is plenty of; does nothing in a shop without any.
        """
        plenty = self._plenty()
        if len(plenty) < FEWEST:
            return
        self._hold(plenty[:1], 2, "Asked by telephone", self._soon_over)
        sold = self._hold(plenty[1:3], 1, "Order 12204", self._in(hours=20))
        dropped = self._hold(plenty[3:4], 3, "Order 12207", self._in(hours=20))
        self._hold(plenty[4:7], 2, "Order 12211", self._in(hours=6))
        self._hold(plenty[7:8], 1, "Mrs Lindqvist, comes on Saturday", None)
        self._hold(plenty[8:10], 4, "Order 12213", self._in(minutes=40))
        fulfil_holds(
            hold_ids=sold, circumstances=self._next(1, reference="Order 12204")
        )
        release_holds(
            hold_ids=dropped, circumstances=self._next(0, reason="Order cancelled")
        )
        expire_holds(now=self._now)

    def _plenty(self) -> list[int]:
        products = Product.objects.filter(
            status=Product.Status.ACTIVE,
            available__gt=F("reorder_point") + SPARE,
            in_transit=0,
        )
        ids = list(products.order_by("sku").values_list("pk", flat=True))
        return ids[:: max(1, len(ids) // FEWEST)]  # from all over the catalogue

    def _hold(
        self, products: list[int], units: int, reference: str, until: datetime | None
    ) -> list[int]:
        by_shop = reference.startswith("Order")
        operation = hold_stock(
            wanted=[Wanted(pk, units) for pk in products],
            expires_at=until,
            circumstances=self._next(None if by_shop else 1, reference=reference),
        )
        return list(operation.holds.values_list("pk", flat=True))

    def _in(self, **span: int) -> datetime:
        return self._now + timedelta(**span)

    def _next(
        self, person: int | None, *, reference: str = "", reason: str = ""
    ) -> Circumstances:
        """Return who does the next step, and when; nobody is the web shop itself."""
        author = Author(self._web_shop, Operation.Source.API)
        if person is not None:
            name = self._people[person % len(self._people)]
            author = Author(name, Operation.Source.SITE)
        return Circumstances(
            author=author, now=next(self._moments), reference=reference, reason=reason
        )
