"""Goods on the way: what stands in transit against what the open transfers say."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from heapq import merge
from itertools import groupby
from typing import NamedTuple

from django.db.models import F, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from products.models import Location, StockLevel, Transfer, TransferLine
from products.models.reading import in_key_order
from products.reports.stock_check.findings import Fault, Findings, differs
from products.reports.stock_check.rows import UNREADABLE, read_value


class Part(NamedTuple):
    """Units of a product and their value: of a level in transit, or of a line."""

    product_id: int
    pk: int
    location_id: int
    units: int
    value: str
    sku: str
    is_level: bool


class Sum:
    """What stands in one transit location, and what should, of one product."""

    def __init__(self) -> None:
        self.stands = self.should = 0
        self.worth = self.should_be_worth = Decimal(0)

    def add(self, part: Part) -> None:
        """Count a part in; raises one of UNREADABLE."""
        if part.is_level:
            self.stands += part.units
            self.worth += read_value(part.value)
        else:
            self.should += part.units
            self.should_be_worth += read_value(part.value)

    def faults(self) -> Iterator[Fault]:
        if self.stands != self.should:
            what = _("On the way")
            yield differs("on_the_way", what, self.stands, self.should)
        if self.worth != self.should_be_worth:
            what = _("Value on the way")
            yield differs("on_the_way", what, self.worth, self.should_be_worth)


def check_goods_on_the_way(findings: Findings) -> None:
    """Find products in transit that no transfer waits for, and the other way round.

    Reads the levels in transit and the lines of open transfers side by side, by
    product; memory holds one product.
    """
    codes = dict(Location.objects.values_list("pk", "code"))
    both = (_sound(parts, findings) for parts in (_levels(), _lines()))
    parts = merge(*both, key=lambda part: part.product_id)
    for _product_id, of_product in groupby(parts, key=lambda part: part.product_id):
        _compare(of_product, codes, findings)


def _sound(parts: Iterator[Part], findings: Findings) -> Iterator[Part]:
    """Report and leave out what belongs to no product, so that nothing is compared."""
    for part in parts:
        if type(part.product_id) is int:
            yield part
        else:
            detail = _("The row's key holds no number.")
            findings.add(Fault("readable", detail), product=part.sku)


def _compare(parts: Iterable[Part], codes: dict[int, str], findings: Findings) -> None:
    sums: dict[int, Sum] = {}
    sku = ""
    for part in parts:
        sku = part.sku
        try:
            sums.setdefault(part.location_id, Sum()).add(part)
        except UNREADABLE:
            detail = _("A transfer or what stands in transit holds no proper value.")
            findings.add(Fault("readable", detail), product=sku)
            return
    for location_id, compared in sums.items():
        for fault in compared.faults():
            findings.add(fault, product=sku, location=codes.get(location_id))


def _levels() -> Iterator[Part]:
    """Yield what stands in transit, by product."""
    rows = StockLevel.objects.filter(location__kind=Location.Kind.TRANSIT).values_list(
        "product_id",
        "pk",
        "location_id",
        "on_hand",
        Cast("value", TextField()),
        "product__sku",
    )
    found = in_key_order(rows, ["product_id", "location_id"], [0, 2])
    return (Part._make((*row, True)) for row in found)


def _lines() -> Iterator[Part]:
    """Yield what the transfers on the way still wait for, by product."""
    rows = TransferLine.objects.filter(
        transfer__state__in=Transfer.ON_THE_WAY
    ).values_list(
        "product_id",
        "pk",
        "transfer__transit_id",
        F("quantity") - F("received") - F("lost"),
        Cast("value", TextField()),
        "sku",
    )
    found = in_key_order(rows, ["product_id", "pk"], [0, 1])
    return (Part._make((*row, False)) for row in found)
