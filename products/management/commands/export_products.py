"""manage.py export_products."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from products.exporting import native
from products.management.files import in_place_of

FORMATS: dict[str, Callable[..., Iterator[str]]] = {"native": native.export_csv}


class Command(BaseCommand):
    help = (
        "Write every product as CSV, for spreadsheets and for importing again. To the"
        " screen unless --output names a file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--format", choices=sorted(FORMATS), default="native", help="native"
        )
        parser.add_argument(
            "--output",
            metavar="FILE",
            type=Path,
            help="written in full first, then put in place of the file of that name",
        )
        parser.add_argument(
            "--cost", action="store_true", help="add what the products cost you"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        pieces = FORMATS[options["format"]](with_cost=options["cost"])
        output: Path | None = options["output"]
        if output is None:
            for piece in pieces:
                self.stdout.write(piece, ending="")
            return
        with in_place_of(output) as stream:
            stream.writelines(piece.encode() for piece in pieces)
