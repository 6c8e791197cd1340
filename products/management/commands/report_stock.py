"""manage.py report_stock."""

import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from products.exporting.telling import Piece, told
from products.management.files import in_place_of
from products.models.reading import one_moment
from products.reports.levels import has_several_locations
from products.reports.moments import read_moment
from products.reports.stock_at import StockLine, stock_at
from products.reports.stock_file import StockTable, stock_csv, stock_xlsx
from products.reports.stock_totals import Part, Sums, Tally, stock_totals

FORMATS = (".csv", ".xlsx")


class Command(BaseCommand):
    help = (
        "Say what was in stock at any moment, and what it was worth, by business date:"
        " in all, by category and by location. --output and --json name every product."
        " Products that were deleted since are in it. Changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--at",
            metavar="WHEN",
            default="",
            help="2026-03-31, meaning its end, or 2026-03-31T14:30; now if left out",
        )
        output = parser.add_mutually_exclusive_group()
        output.add_argument(
            "--json",
            action="store_true",
            help="print one JSON document and nothing else",
        )
        output.add_argument(
            "--output",
            metavar="FILE",
            type=Path,
            help="write every product to a file that ends in .csv or .xlsx",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        moment = _moment(options["at"])
        output: Path | None = options["output"]
        if output is not None:
            self._save(output, moment)
        elif options["json"]:
            with one_moment():
                self.stdout.writelines(_json(moment))
            self.stdout.write()
        else:
            with one_moment():
                self._print(moment)

    def _save(self, output: Path, moment: datetime) -> None:
        kind = output.suffix.lower()
        if kind not in FORMATS:
            message = f"{output} must end in .csv or .xlsx."
            raise CommandError(message)
        with in_place_of(output) as stream:
            if kind == ".csv":
                texts = stock_csv(moment, with_cost=True)
                stream.writelines(piece.encode() for piece in _told(texts, moment))
            else:
                pieces = stock_xlsx(moment, with_cost=True)
                stream.writelines(_told(pieces, moment))

    def _print(self, moment: datetime) -> None:
        totals = stock_totals(moment)
        groups = [("By category", totals.categories)]
        if has_several_locations():
            groups.append(("By location", totals.locations))
        groups.append(("In all", [Part("Total", totals.overall)]))
        at = f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}"
        self.stdout.write(f"Stock at {at}")
        for title, parts in groups:
            self._print_parts(title, parts)

    def _print_parts(self, title: str, parts: list[Part]) -> None:
        """Draw a table on a terminal; write a line for each part elsewhere."""
        if not self.stdout.isatty():
            self.stdout.write(f"{title}:")
            for part in parts:
                skus, units, value, without_cost = _texts(part.sums)
                self.stdout.write(
                    f"{part.path}: SKUs {skus}, units {units}, value {value},"
                    f" SKUs without cost {without_cost}"
                )
            return
        table = Table(title, *("SKUs", "Units", "Value", "Without cost"))
        for column in table.columns[1:]:
            column.justify = "right"
        for part in parts:
            table.add_row(part.path, *_texts(part.sums))
        Console().print(table)


def _told(pieces: Iterator[Piece], moment: datetime) -> Iterator[Piece]:
    filters = {"at": moment}
    return told(pieces, what="report_stock", with_cost=True, filters=filters)


def _moment(text: str) -> datetime:
    now = timezone.now()
    if not text:
        return now
    try:
        return min(read_moment(text), now)
    except ValidationError as refusal:
        raise CommandError(f"“{text}”: {refusal.messages[0]}") from refusal


def _texts(sums: Sums) -> list[str]:
    return [
        f"{sums.skus:,}",
        f"{sums.units:,}",
        f"{sums.value:,.2f}",
        f"{sums.without_cost:,}",
    ]


def _json(moment: datetime) -> Iterator[str]:
    """Yield the document in pieces: each line as it is read, the sums at the end."""
    table, tally = StockTable(with_cost=True), Tally()

    def counted() -> Iterator[StockLine]:
        for line in stock_at(moment):
            tally.add(line)
            yield line

    yield f'{{"at": {json.dumps(timezone.localtime(moment).isoformat())}, "rows": ['
    comma = ""
    for cells in table.rows(counted()):
        row = dict(zip(table.header, cells, strict=True))
        row["deleted"] = bool(row["deleted"])
        yield comma + _dumps(row)
        comma = ", "
    totals = tally.totals()
    sums = {
        **_sums(totals.overall),
        "categories": [
            {"name": part.path} | _sums(part.sums) for part in totals.categories
        ],
        "locations": [
            {"name": part.name} | _sums(part.sums) for part in totals.locations
        ],
    }
    yield f"], {_dumps(sums)[1:]}"


def _sums(sums: Sums) -> dict[str, Any]:
    return {
        "skus": sums.skus,
        "units": sums.units,
        "value": sums.value,
        "without_cost": sums.without_cost,
    }


def _dumps(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, default=_number)


def _number(value: Decimal) -> float:
    return float(value)
