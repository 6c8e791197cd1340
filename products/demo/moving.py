"""The last minutes of the story: goods between the two locations."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from products.models import Operation, Product, StockLevel, Transfer
from products.services.operations import Author, Circumstances
from products.services.transfer_drafts import Draft, create_transfer
from products.services.transfer_lines import Arrival
from products.services.transfer_steps import receive_transfer, send_transfer
from products.services.transfers import Item, Route

SPARE = 7  # units above the reorder point: moving fewer changes nobody's state
STEPS = 6
FEWEST = 4  # products; with fewer there is nothing to tell
MOST = 3  # products of one transfer


class Mover:
    """Writes transfers as the people of the shop do; call inside one transaction."""

    def __init__(
        self, people: Sequence[str], *, since: datetime, now: datetime
    ) -> None:
        """The steps happen one after the other between `since` and `now`."""
        pause = (now - since) / (STEPS + 1)
        self._moments = iter([since + pause * n for n in range(1, STEPS + 1)])
        self._people = people

    def move_goods(self, main: int, back: int) -> None:
        """Leave one transfer partly received, one on the way and one draft.

        Takes what there is plenty of; does nothing in a shop without any.
        """
        plenty = self._plenty(main)
        if len(plenty) < FEWEST:
            return
        first, second, third = (plenty[n : 3 * MOST : 3] for n in range(3))
        partly = self._written(Route(main, back), first, 7, "Van, first round")
        self._send(partly)
        self._receive_part(partly)
        moving = self._written(Route(main, back), second, 6, "Van, second round")
        self._send(moving)
        self._written(Route(main, back), third, 5, "Saturday market")

    def _plenty(self, location_id: int) -> list[int]:
        levels = StockLevel.objects.filter(
            location_id=location_id,
            product__status=Product.Status.ACTIVE,
            on_hand__gt=SPARE,
            product__available__gt=F("product__reorder_point") + SPARE,
            reserved=0,
        )
        ordered = levels.order_by("-on_hand", "product_id")
        return list(ordered.values_list("product_id", flat=True))

    def _written(
        self, route: Route, products: list[int], units: int, reference: str
    ) -> Transfer:
        items = [Item(pk, units - n) for n, pk in enumerate(products)]
        draft = Draft(route, items, reference=reference)
        return create_transfer(draft=draft, circumstances=self._now(0))

    def _send(self, transfer: Transfer) -> None:
        send_transfer(
            transfer_id=transfer.pk,
            circumstances=self._now(0, reference=str(transfer)),
        )

    def _receive_part(self, transfer: Transfer) -> None:
        """One line came whole, of one a unit broke and two are not here yet."""
        whole, broken = transfer.lines.order_by("pk")[:2]
        receive_transfer(
            transfer_id=transfer.pk,
            arrivals={
                whole.pk: Arrival(whole.quantity),
                broken.pk: Arrival(broken.quantity - 3, lost=1),
            },
            circumstances=self._now(
                1, reference=str(transfer), reason="One broke on the way"
            ),
        )

    def _now(
        self, person: int, *, reference: str = "", reason: str = ""
    ) -> Circumstances:
        label = self._people[person % len(self._people)]
        return Circumstances(
            author=Author(label, Operation.Source.SITE),
            now=next(self._moments),
            reference=reference,
            reason=reason,
        )
