"""Shopify's export of orders: a record per order line, each of which was a sale.

The order's own fields stand on its first line only. Buyers' names, addresses, phones
and mails are in the file as well: they are read past and never kept.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy

from products.fields import fold_key
from products.importing.fields import read_quantity, read_sku, tidy_line
from products.importing.findings import Findings
from products.importing.formats import Format
from products.importing.order_lines import OrderRow
from products.importing.order_refusals import (
    RefusedLine,
    first_line_missing,
    first_line_unread,
    line_repeated,
    no_goods,
    no_order,
    no_quantity,
    not_a_time,
    number_too_long,
    refunded,
)
from products.importing.shopify_keys import aliases_of, bare_cells
from products.models import OrderLine
from products.services.orders import order_line_key
from products.tabular.columns import Columns, match_columns
from products.tabular.problems import BadCellError
from products.tabular.reading import Record

SPELLINGS = {
    "order_name": ("name",),
    "sold_at": ("created at",),
    "financial_status": ("financial status",),
    "cancelled_at": ("cancelled at", "canceled at"),
    "location": ("location",),
    "sku": ("lineitem sku",),
    "line_name": ("lineitem name",),
    "quantity": ("lineitem quantity",),
}
ALIASES = aliases_of(SPELLINGS)
REQUIRED = {
    "order_name": "Name",
    "sold_at": "Created at",
    "financial_status": "Financial Status",
    "cancelled_at": "Cancelled at",
    "sku": "Lineitem sku",
    "line_name": "Lineitem name",
    "quantity": "Lineitem quantity",
}
OWN = ("sold_at", "financial_status", "cancelled_at", "location")
"""The order's own fields, which stand on its first line; others repeat the time."""

VOIDED = "voided"
REFUNDED = frozenset({"refunded", "partially_refunded"})
TIME = re.compile(
    r"(?:19|20)\d\d-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)? ?(?:[+-]\d\d:?\d\d|Z)"
)
NAME_LENGTH = OrderLine._meta.get_field("order_name").max_length or 100


@dataclass
class _Order:
    """What the first line of an order says for all of them.

    `sold_at` is None when that line can't be read. `lines` counts those of each SKU.
    `is_again` says that another line brought the order's own fields once more.
    """

    name: str
    record: int
    location: str
    is_cancelled: bool
    sold_at: datetime | None = None
    lines: Counter[str] = field(default_factory=Counter)
    is_again: bool = False


def match(header: Sequence[str]) -> Columns:
    """Return the columns of `header`; raises ColumnsError when two mean the same."""
    return match_columns(header, ALIASES)


def fits(columns: Columns) -> bool:
    """Say whether the columns that tell sales and cancellations are all there."""
    return REQUIRED.keys() <= columns.positions.keys()


def read(
    records: Iterable[Record], columns: Columns, findings: Findings
) -> Iterator[OrderRow]:
    """Yield every line that can be taken.

    Memory: a few hundred bytes for each order, so that a line is found again.
    """
    orders: dict[str, _Order] = {}
    key = ""
    for record in records:
        if record.problem is not None:
            findings.refuse(record.number, "", "", record.problem)
            key = ""
            continue
        cells = bare_cells(columns.pick(record.cells))
        key = fold_key(tidy_line(cells["order_name"])) or key
        if not key:
            findings.refuse(record.number, "order_name", "", no_order())
            continue
        if key not in orders:
            orders[key] = _read_order(record.number, cells, findings)
        row = _read_line(record.number, cells, orders[key], findings)
        if row is not None:
            yield row


def mendable(records: Iterable[Record], columns: Columns) -> Iterator[Record]:
    """Yield what may be kept of each record, to be mended and sent again.

    Only the columns that are read, so nothing about the buyer; the order's own fields
    filled down. Of a record whose cells can't be trusted nothing is kept.
    """
    key = ""
    own: dict[str, str] = {}
    for record in records:
        cells = columns.pick(record.cells) if record.problem is None else {}
        found = fold_key(cells.get("order_name", ""))
        if record.problem is not None or (found and found != key):
            key, own = found, {name: cells.get(name, "") for name in OWN}
        kept = [""] * len(record.cells)
        for name, text in cells.items():
            kept[columns.positions[name]] = text or own.get(name, "")
        yield Record(record.number, tuple(kept), record.problem)


def _read_order(number: int, cells: Mapping[str, str], findings: Findings) -> _Order:
    status = cells["financial_status"].casefold()
    order = _Order(
        name=tidy_line(cells["order_name"]),
        record=number,
        location=tidy_line(cells.get("location", "")),
        is_cancelled=bool(cells["cancelled_at"]) or status == VOIDED,
    )
    try:
        order.sold_at = _read_time(order.name, cells)
    except RefusedLine as refused:
        findings.refuse(number, *refused.cell)
    if status in REFUNDED and order.sold_at and not order.is_cancelled:
        text = cells["financial_status"]
        findings.note(number, "financial_status", text, refunded())
    return order


def _read_time(name: str, cells: Mapping[str, str]) -> datetime:
    text = cells["sold_at"]
    if len(name) > NAME_LENGTH:
        raise RefusedLine("order_name", name, number_too_long(NAME_LENGTH))
    if not (text and cells["financial_status"]):
        raise RefusedLine("order_name", name, first_line_missing(name))
    try:
        if TIME.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:  # the 31st of February
        pass
    raise RefusedLine("sold_at", text, not_a_time())


def _read_line(
    number: int, cells: Mapping[str, str], order: _Order, findings: Findings
) -> OrderRow | None:
    """Return the row of one line, or None when it has to be refused."""
    text, name = cells["sku"], tidy_line(cells["line_name"])
    goods = order_line_key(order.name, 0, text, name)  # shorter than a cell may be
    order.lines[goods] += 1
    if order.sold_at is None:
        if number != order.record:  # that one is refused already
            error = first_line_unread(order.record)
            findings.refuse(number, "order_name", order.name, error)
        return None
    # A file glued together of two exports, of which this is the second.
    order.is_again |= bool(cells["financial_status"]) and number != order.record
    if order.is_again and order.lines[goods] > 1:
        findings.refuse(number, "sku", text or name, line_repeated(order.record))
        return None
    try:
        return OrderRow(
            record=number,
            order_name=order.name,
            position=order.lines[goods],
            sku=_read_sku(text, name),
            name=name,
            quantity=0 if order.is_cancelled else _read_units(cells["quantity"]),
            sold_at=order.sold_at,
            location=tidy_line(cells.get("location", "")) or order.location,
            is_cancelled=order.is_cancelled,
        )
    except RefusedLine as refused:
        findings.refuse(number, *refused.cell)
        return None


def _read_sku(text: str, name: str) -> str:
    if not (text or name):
        raise RefusedLine("sku", "", no_goods())
    try:
        return read_sku(text) if text else ""
    except BadCellError as error:
        raise RefusedLine("sku", text, error) from error


def _read_units(text: str) -> int:
    try:
        units = read_quantity(text) if text else 0
    except BadCellError as error:
        raise RefusedLine("quantity", text, error) from error
    if units <= 0:
        raise RefusedLine("quantity", text, no_quantity())
    return units


FORMAT = Format(
    code="shopify_orders",
    label=gettext_lazy("Shopify orders"),
    aliases=ALIASES,
    required=REQUIRED,
    match=match,
    fits=fits,
    read=read,
    mendable=mendable,
    reads_orders=True,
)
