"""manage.py load_demo."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from products.demo.loading import Loaded, is_loaded, load_shop
from products.demo.scale import load_synthetic
from products.errors import InventoryError
from products.management.progress import Report, progress_on
from products.reports.stock_check import StockCheck, check_stock


class Command(BaseCommand):
    help = (
        "Fill an empty shop with the demo: products, pictures, and what happened to"
        " them in 120 days. Where the demo is loaded already, nothing is changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--products",
            type=int,
            metavar="N",
            help="make N synthetic products with stock instead, for trials of scale",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        count: int | None = options["products"]
        if count is not None and count < 1:
            raise CommandError("--products takes a number above zero.")
        if count is None and is_loaded():
            self.stdout.write("The demo was loaded before. Nothing was changed.")
            return
        with progress_on(self.stderr) as report:
            loaded = self._load(count, report)
            check = check_stock(progress=report)
        self.stdout.write(
            f"Loaded {loaded.products:,} products, {loaded.operations:,} operations"
            f" and {loaded.movements:,} movements."
        )
        self._say(check)

    def _load(self, count: int | None, report: Report) -> Loaded:
        try:
            if count is None:
                return load_shop(progress=report)
            return load_synthetic(count, progress=report)
        except InventoryError as error:
            raise CommandError(str(error)) from error

    def _say(self, check: StockCheck) -> None:
        if not check.ok:
            first = check.problems[0]
            message = f"The check found a fault: {first.product}: {first.detail}"
            raise CommandError(message)
        self.stdout.write("Every figure follows from its movements.")
