"""The lines of a document as its form brings them: typed texts beside products."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import Any, Protocol

from django.db.models import Sum

from products.errors import Short
from products.forms.document_line import DocumentLine
from products.forms.fields import as_typed
from products.models import Location, Product, StockLevel

ID_LENGTH = 18  # digits; no id has more


class Sent(Protocol):
    """What a browser sent: several values under one name."""

    def getlist(self, key: str) -> Sequence[Any]: ...


class DocumentLines:
    """The lines of a document, in their order, at one location; None takes them all.

    `with_cost` says whether the person types costs: what comes without is not read.
    """

    def __init__(self, location_id: int | None, *, with_cost: bool = False) -> None:
        self.location_id = location_id
        self.with_cost = with_cost
        self.gone = 0  # lines whose product was deleted meanwhile
        self._lines: list[DocumentLine] = []

    def __iter__(self) -> Iterator[DocumentLine]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def load(self, sent: Sent) -> None:
        """Take over the lines that a browser sent; two queries."""
        texts = [sent.getlist(name) for name in ("product", "quantity", "cost")]
        rows = list(zip_longest(*texts, fillvalue=""))
        ids = {row[0]: int(row[0]) for row in rows if is_id(row[0])}
        products = Product.objects.select_related("category").in_bulk(ids.values())
        found = dict(_agreed(sent.getlist("found")))
        for id_text, quantity, cost in rows:
            product = products.get(ids.get(id_text, 0))
            if product is None:
                self.gone += 1
                continue
            line = DocumentLine(product, str(quantity), found=found.pop(product.pk, 0))
            line.cost = str(cost) if self.with_cost else ""
            line.read()
            self._lines.append(line)
        self._look_up(self._lines)

    def add(self, additions: Iterable[tuple[Product, int]]) -> DocumentLine | None:
        """Add units of products, to the line where there is one; return the last line.

        One query.
        """
        known = {line.product.pk: line for line in self._lines}
        new: list[DocumentLine] = []
        line = None
        for product, units in additions:
            line = known.get(product.pk)
            if line is None:
                line = known[product.pk] = DocumentLine(product, str(units))
                if self.with_cost and product.cost is not None:
                    line.cost = as_typed(product.cost, 2)
                new.append(line)
            else:
                line.quantity = str((line.units or 0) + units)
            line.read()
        self._lines += new
        self._look_up(new)
        return line

    def remove(self, number: str) -> DocumentLine | None:
        """Take the line out that stands at this place, counted from 0; return it."""
        if not is_id(number) or int(number) >= len(self._lines):
            return None
        return self._lines.pop(int(number))

    def mark_short(self, shorts: Iterable[Short]) -> None:
        """Say at each line what the ledger refused."""
        by_product = {short.product_id: short for short in shorts}
        for line in self._lines:
            line.short = by_product.pop(line.product.pk, None)
            line.found = 0 if line.short else line.found

    def has_errors(self) -> bool:
        return any(line.errors for line in self._lines)

    @property
    def problems(self) -> list[dict[str, str]]:
        """What keeps the document from being posted: target, name, text of each."""
        return [
            {"target": target, "name": line.product.name, "text": text}
            for number, line in enumerate(self._lines)
            for target, text in line.problems(number)
        ]

    @property
    def units(self) -> int:
        return sum(line.units or 0 for line in self._lines)

    @property
    def value(self) -> Decimal:
        return sum((line.value or Decimal(0) for line in self._lines), Decimal(0))

    @property
    def found(self) -> dict[int, int]:
        """The units that are here although the book says they are gone, by product."""
        found: Counter[int] = Counter()
        for line in self._lines:
            found[line.product.pk] += line.found
        return +found

    def _look_up(self, lines: Sequence[DocumentLine]) -> None:
        if not lines:
            return
        levels = StockLevel.objects.filter(
            product_id__in={line.product.pk for line in lines}
        )
        if self.location_id is None:
            levels = levels.filter(location__in=Location.objects.stocked())
        else:
            levels = levels.filter(location_id=self.location_id)
        sums = levels.values("product_id").annotate(
            there=Sum("on_hand"), kept=Sum("reserved")
        )
        rows = sums.values_list("product_id", "there", "kept")
        stock = {product_id: facts for product_id, *facts in rows}
        for line in lines:
            line.on_hand, line.held = stock.get(line.product.pk, (0, 0))


def is_id(text: Any) -> bool:
    """Say whether a browser sent a whole number, as ids and places in a list are."""
    return (
        isinstance(text, str)
        and text.isascii()
        and text.isdigit()
        and len(text) <= ID_LENGTH
    )


def _agreed(ticks: Iterable[Any]) -> Iterator[tuple[int, int]]:
    """Yield product and units of each tick “it is here”, written "product:units"."""
    for tick in ticks:
        product_id, _colon, units = str(tick).partition(":")
        if is_id(product_id) and is_id(units):
            yield int(product_id), int(units)
