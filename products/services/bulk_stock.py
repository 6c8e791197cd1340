"""Stock of many products at one place: some added, some taken, or so many there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.errors import InvalidLine
from products.models import (
    BulkRun,
    Hold,
    Operation,
    Product,
    StockLevel,
    StockMovement,
)
from products.services.bulk_plans import Fate, Item
from products.services.ledger import post
from products.services.lines import Line
from products.services.locking import batches
from products.services.operations import Circumstances
from products.services.rows import make
from products.services.stock import Mode, check_direction
from products.services.valuation import ZERO, value_change

Row = tuple[int, str, str, int, str, Decimal | None]

# What is at a place where there was never any; it is only read.
NOTHING = make(StockLevel, {"on_hand": 0, "reserved": 0, "value": ZERO})


@dataclass(frozen=True, slots=True)
class Adjusting:
    """Adds, takes or sets the same amount of each product at one location.

    `reason` is one of `stock.REASONS`. What is held can't be taken, and what is
    archived gets no more.
    """

    mode: Mode
    amount: int
    location_id: int
    reason: StockMovement.Kind

    what = BulkRun.What.ADJUST
    kind = Operation.Kind.STOCK_ADJUSTED

    @property
    def request(self) -> Mapping[str, Any]:
        return {
            "mode": self.mode.value,
            "amount": self.amount,
            "location": self.location_id,
            "reason": self.reason.value,
        }

    @property
    def nothing(self) -> str:
        return _("That many are there already. Nothing was changed.")

    def judge(self, product_ids: Sequence[int], moment: datetime) -> list[Item]:
        """Three queries per 5,000."""
        items: list[Item] = []
        for batch in batches(product_ids):
            here = StockLevel.objects.filter(
                product_id__in=batch, location=self.location_id
            )
            levels = {level.product_id: level for level in here.order_by()}
            due = self._due(batch, moment)
            rows = Product.objects.filter(pk__in=batch).order_by()
            columns = ("pk", "sku", "name", "version", "status", "cost")
            for row in rows.values_list(*columns):
                level = levels.get(row[0]) or NOTHING
                items.append(self._judge(row, level, due.get(row[0], 0)))
        return items

    def carry_out(
        self, operation: Operation, items: Sequence[Item], circumstances: Circumstances
    ) -> None:
        lines = [
            Line(item.product_id, self.location_id, self.reason, delta=item.units)
            for item in items
        ]
        post(
            operation,
            lines,
            now=circumstances.now,
            effective_at=circumstances.effective_at,
        )

    def _due(self, product_ids: Sequence[int], moment: datetime) -> dict[int, int]:
        """Return what is held still, though its time is up: it lets go on posting."""
        due: dict[int, int] = defaultdict(int)
        holds = Hold.objects.due(moment).filter(
            product_id__in=product_ids, location=self.location_id
        )
        for pk, units in holds.order_by().values_list("product_id", "quantity"):
            due[pk or 0] += units  # never 0: a hold has its product
        return due

    def _judge(self, row: Row, level: StockLevel, due: int) -> Item:
        delta = self._delta(level.on_hand)
        reason, value = "", ZERO
        if delta:
            try:
                reason = self._why_not(row[4], level, delta, due)
                _unit_cost, value = value_change(
                    level, delta, unit_cost=None, fallback=row[5], exact=None
                )
            except InvalidLine as refusal:
                reason = refusal.message
        if reason:
            return self._item(row, level, Fate.REFUSED, reason=reason)
        fate = Fate.CHANGES if delta else Fate.SAME
        return self._item(row, level, fate, units=delta, value=value)

    def _item(
        self, row: Row, level: StockLevel, fate: Fate, *, units: int = 0, **more: Any
    ) -> Item:
        old = level.on_hand
        # How much is held decides too; whoever is shown the plan sees it in the reason.
        kept = {"on_hand": old, "reserved": level.reserved, "status": row[4]}
        return Item(*row[:4], fate=fate, old=kept, new=old + units, units=units, **more)

    def _delta(self, on_hand: int) -> int:
        deltas = {
            Mode.ADD: self.amount,
            Mode.TAKE: -self.amount,
            Mode.COUNT: self.amount - on_hand,
        }
        return deltas[self.mode]

    def _why_not(self, status: str, level: StockLevel, delta: int, due: int) -> str:
        """Return why this can't be; "" where it can. Raises InvalidLine too."""
        check_direction(self.reason, delta)
        if delta > 0 and status == Product.Status.ARCHIVED:
            return _("It is archived, and gets no stock. Bring it back first.")
        if level.on_hand + delta < 0:
            return ngettext(
                "Only %(count)s is on hand.",
                "Only %(count)s are on hand.",
                level.on_hand,
            ) % {"count": _grouped(level.on_hand)}
        free = level.on_hand - level.reserved + due
        if free + delta < 0:
            held = level.on_hand - free
            return ngettext(
                "%(held)s of %(count)s is held.",
                "%(held)s of %(count)s are held.",
                held,
            ) % {"held": _grouped(held), "count": _grouped(level.on_hand)}
        return ""


def _grouped(number: int) -> str:
    return str(number_format(number, force_grouping=True))
