"""manage.py export_products."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from products.exporting.products import ExportRequest
from products.exporting.registry import EXPORTS
from products.management.files import in_place_of
from products.models import Product


class Command(BaseCommand):
    help = (
        "Write every product as CSV, for spreadsheets and for importing again. To the"
        " screen unless --output names a file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--format", choices=list(EXPORTS), default="native", help="native"
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
        everything = Product.objects.order_by("sku_key")
        asked = ExportRequest(everything, with_cost=options["cost"])
        pieces = EXPORTS[options["format"]].write(asked)
        output: Path | None = options["output"]
        if output is None:
            for piece in pieces:
                self.stdout.write(piece.decode(), ending="")
            return
        with in_place_of(output) as stream:
            stream.writelines(pieces)
