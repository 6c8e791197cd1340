"""manage.py check_stock."""

import json
from contextlib import nullcontext
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from products.management.progress import progress_on
from products.reports.figures import refresh_days, refresh_figures
from products.reports.stock_check import Problem, StockCheck, check_stock


class Command(BaseCommand):
    help = (
        "Prove that every stock figure follows from its movements and that nobody"
        " edited them; name the first bad row of each kind. Needs no pause of the site"
        " and changes nothing, but for the figures on top of the dashboard, which it"
        " counts anew. Ends with exit code 1 when something is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--json",
            action="store_true",
            help="print one JSON document and nothing else",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # Quiet where nobody watches: what a nightly run prints is mailed to people.
        watched = self.stderr.isatty()
        with progress_on(self.stderr) if watched else nullcontext() as progress:
            result = check_stock(progress=progress)
        self._count_anew()
        if options["json"]:
            self.stdout.write(json.dumps(_document(result), ensure_ascii=False))
        else:
            self._print(result)
        if not result.ok:
            message = "Something is wrong with the stock figures."
            raise CommandError(message, returncode=1)

    def _count_anew(self) -> None:
        """What was found is worth more than this: a busy database is no failure."""
        try:
            refresh_figures(anew=True)
            refresh_days(anew=True)
        except DatabaseError as error:
            self.stderr.write(f"The figures of the dashboard stay as they are: {error}")

    def _print(self, result: StockCheck) -> None:
        self.stdout.write(
            f"Checked: products {result.products:,}, stock levels {result.levels:,},"
            f" movements {result.movements:,}."
        )
        for problem in result.problems:
            self.stdout.write(f"{problem.check}: {_place(problem)}{problem.detail}")
        if result.head:
            self.stdout.write(f"Ledger head: {result.head}")
        if result.ok:
            self.stdout.write("Every figure follows from its movements.")


def _document(result: StockCheck) -> dict[str, Any]:
    return {"ok": result.ok, **asdict(result)}


def _place(problem: Problem) -> str:
    """Return "MUG-1 at MAIN, movement 17: ", or as much of it as there is."""
    place = problem.product or ""
    if problem.location:
        place += f" at {problem.location}"
    if problem.movement:
        place += f", movement {problem.movement}"
    return f"{place}: " if place else ""
