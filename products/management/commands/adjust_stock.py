"""manage.py adjust_stock SKU DELTA --reason …"""

import re
from argparse import ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from products.errors import InventoryError, KeyReused, NothingToPost
from products.fields import fold_key, is_storable
from products.management.keys import add_key_argument, key_reused, once_with
from products.management.places import location_with_code
from products.models import Location, Operation, Product, StockMovement
from products.reports.moments import end_of_day, read_moment
from products.services.operations import Author, Circumstances, Once, find_repeated
from products.services.stock import REASONS, Place, adjust_stock

LONGEST_NOTE = 200  # what the operation's column holds
NEIGHBOURS = 2  # SKUs named before and behind one that isn't there


class Command(BaseCommand):
    help = (
        "Change the stock of one product: by DELTA (+5 or -3), or with --count to what"
        " was counted. Never below zero."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sku", metavar="SKU")
        parser.add_argument(
            "delta", metavar="DELTA", nargs="?", type=_whole, help="such as +5 or -3"
        )
        parser.add_argument(
            "--count",
            metavar="N",
            type=_whole,
            help="how many there are, instead of DELTA",
        )
        parser.add_argument(
            "--reason", required=True, choices=[str(kind) for kind in REASONS]
        )
        parser.add_argument(
            "--location", metavar="CODE", help="the default location if left out"
        )
        parser.add_argument(
            "--note", default="", help="stands in the history; needed for “other”"
        )
        parser.add_argument(
            "--at",
            metavar="WHEN",
            help="when it happened, such as 2026-03-03 or “2026-03-03 14:30”; a day"
            " alone means its end. Now if left out",
        )
        add_key_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        _refuse_nonsense(options)
        product = _find_product(options["sku"])
        location = location_with_code(options["location"])
        effective_at = _moment(options)
        once = _once(options)
        try:
            again = find_repeated(once) is not None
            operation = adjust_stock(
                place=Place(product.pk, location.pk),
                kind=StockMovement.Kind(options["reason"]),
                delta=options["delta"] or 0,
                counted=options["count"],
                circumstances=Circumstances(
                    Author.for_command("adjust_stock"),
                    reason=options["note"],
                    once=once,
                    effective_at=effective_at,
                ),
            )
        except NothingToPost as nothing:
            self.stdout.write(nothing.message)
        except KeyReused as error:
            raise key_reused(error) from error
        except InventoryError as error:
            message = f"{product.sku} at {location.code}: {error.message}"
            raise CommandError(message) from error
        else:
            self._print(operation, location, again=again)

    def _print(self, operation: Operation, location: Location, *, again: bool) -> None:
        movement = operation.movements.get()
        if again:
            self.stdout.write("Done before; nothing was changed now.")
        self.stdout.write(
            f"{movement.sku} at {location.code}: {movement.delta:+,},"
            f" {movement.balance_after:,} on hand (operation {operation.pk})."
        )


def _whole(text: str) -> int:
    """Return a whole number with or without a sign, as argparse wants it."""
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        message = f"“{text}” is no whole number"
        raise ArgumentTypeError(message)
    return int(text)


def _refuse_nonsense(options: dict[str, Any]) -> None:
    delta, count = options["delta"], options["count"]
    if (delta is None) == (count is None):
        message = "Say either DELTA, such as +5 or -3, or --count N."
        raise CommandError(message)
    if delta == 0:
        message = "Zero changes nothing."
        raise CommandError(message)
    if options["reason"] == StockMovement.Kind.OTHER and not options["note"].strip():
        message = "Say with --note in a few words what happened."
        raise CommandError(message)
    if len(options["note"]) > LONGEST_NOTE:
        message = f"A note can have {LONGEST_NOTE} letters at most."
        raise CommandError(message)
    if not is_storable(options["note"]):
        message = "A note is one line of plain text."
        raise CommandError(message)
    if not is_storable(options["sku"]):
        message = f"No product has the SKU “{options['sku']}”: no SKU has such signs."
        raise CommandError(message)
    if options["at"] and options["count"] is not None:
        message = "A count is of now: say --at with DELTA only."
        raise CommandError(message)


def _moment(options: dict[str, Any]) -> datetime | None:
    """Return when it happened; None for now. The end of today has not come yet."""
    if not options["at"]:
        return None
    try:
        moment = read_moment(options["at"])
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    now = timezone.now()
    if moment == end_of_day(timezone.localdate(now)):
        return now
    if moment > now:
        message = "This time has not come yet."
        raise CommandError(message)
    return moment


def _find_product(sku: str) -> Product:
    key = fold_key(sku)
    product = Product.objects.filter(sku_key=key).first()
    if product is None:
        before = Product.objects.filter(sku_key__lt=key).order_by("-sku_key")
        behind = Product.objects.filter(sku_key__gt=key).order_by("sku_key")
        near = [*reversed(before[:NEIGHBOURS]), *behind[:NEIGHBOURS]]
        message = f"No product has the SKU “{sku}”."
        if near:
            message += f" Near it: {', '.join(each.sku for each in near)}."
        raise CommandError(message)
    return product


def _once(options: dict[str, Any]) -> Once | None:
    asked = ["sku", "delta", "count", "reason", "location", "note"]
    if options["at"]:
        asked.append("at")
    return once_with(options["key"], {name: options[name] for name in asked})
