"""Small exports of orders, as Shopify writes them, with buyers who don't exist."""

import csv
import io
from typing import Any

from products.importing.run import ImportOutcome
from products.models import OrderLine, StockMovement
from products.tests.importing.files import import_text

HEADER_LINE = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,"
    "Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,"
    "Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem compare at price,Lineitem sku,"
    "Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,"
    "Billing Name,Billing Street,Billing Zip,Billing Phone,Shipping Name,"
    "Shipping Street,Notes,Note Attributes,Cancelled at,Payment Method,"
    "Refunded Amount,Vendor,Employee,Location,Id,Tags,Phone"
)
HEADER = next(csv.reader([HEADER_LINE]))
SOLD_AT = "2025-10-07 09:50:26 +0200"
BUYER = {
    "Email": "sophie@example.com",
    "Billing Name": "Sophie Example",
    "Billing Street": "13 rue de l'Exemple",
    "Billing Zip": "'75008",
    "Billing Phone": "+33 6 00 00 00 00",
    "Shipping Name": "Sophie Example",
    "Notes": 'Please ring "Atelier",\nsecond door\r\nthanks',
    "Note Attributes": "gift: yes\nwrap: no",
    "Phone": "+33600000000",
}


def line(
    sku: str = "MUG", quantity: int | str = 1, name: str = "Mug", **more: str
) -> dict[str, str]:
    """One line item; `more` are cells by their header, in words_with_underscores."""
    cells = {
        "Lineitem sku": sku,
        "Lineitem quantity": str(quantity),
        "Lineitem name": name,
        "Lineitem price": "34.90",
        "Lineitem fulfillment status": "fulfilled",
    }
    return cells | {_header(key): text for key, text in more.items()}


def order(
    number: str, *lines: dict[str, str], at: str = SOLD_AT, **own: str
) -> list[dict[str, str]]:
    """The records of one order: its own fields and its buyer on the first line only."""
    first = {
        "Financial Status": "paid",
        "Paid at": at,
        "Currency": "EUR",
        "Discount Code": "WELCOME10",
        "Discount Amount": "10.59",
        **BUYER,
        **{_header(key): text for key, text in own.items()},
    }
    records = []
    for place, cells in enumerate(lines or (line(),)):
        shared = {"Name": number, "Email": BUYER["Email"], "Created at": at}
        records.append({**shared, **({} if place else first), **cells})
    return records


def text_of(*orders: list[dict[str, str]]) -> str:
    """The file with these orders."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER, restval="")
    writer.writeheader()
    writer.writerows(record for records in orders for record in records)
    return out.getvalue()


def import_orders(*orders: list[dict[str, str]], **kwargs: Any) -> ImportOutcome:
    return import_text(text_of(*orders), **kwargs)


def sold() -> list[tuple[str, int]]:
    """SKU and difference of every sale and return, sorted."""
    kinds = [StockMovement.Kind.SOLD, StockMovement.Kind.RETURNED]
    rows = StockMovement.objects.filter(kind__in=kinds)
    return sorted(rows.values_list("sku", "delta"))


def postings() -> list[tuple[str, str, int, int]]:
    """Order, SKU, position and turn of everything that was posted."""
    rows = OrderLine.objects.order_by("pk")
    return list(rows.values_list("order_name", "sku", "position", "turn"))


def _header(key: str) -> str:
    words = key.replace("_", " ")
    return next(title for title in HEADER if title.casefold() == words.casefold())
