"""manage.py stress_stock --buyers N --units M"""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from products.benchmarks.stress import Outcome, stress_stock
from products.management.numbers import whole_between

MOST_BUYERS = 200
MOST_UNITS = 100_000


class Command(BaseCommand):
    help = (
        "Prove on this machine that nothing is sold twice: make a product with M"
        " units, let N processes buy it at once, one unit a time, some of them through"
        " a hold and some clicking twice, and say who got what. The product is deleted"
        " afterwards; its movements stay in the ledger, like everybody's."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--buyers", type=whole_between(1, MOST_BUYERS), default=16, metavar="N"
        )
        parser.add_argument(
            "--units", type=whole_between(1, MOST_UNITS), default=200, metavar="M"
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help="print one JSON document and nothing else",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = stress_stock(buyers=options["buyers"], units=options["units"])
        if options["json"]:
            self.stdout.write(json.dumps({"ok": outcome.ok, **asdict(outcome)}))
        else:
            self._print(outcome)
        if not outcome.ok:
            message = "Something went wrong in the race."
            raise CommandError(message, returncode=1)

    def _print(self, outcome: Outcome) -> None:
        rate = (outcome.accepted + outcome.refused) / outcome.seconds
        self.stdout.write(
            f"{connection.display_name}: {outcome.buyers} buyers,"
            f" {outcome.units} units, {outcome.seconds:.1f} s,"
            f" {rate:.0f} purchases a second"
        )
        for word in ("accepted", "refused", "repeated"):
            self.stdout.write(f"{word:>9} {getattr(outcome, word):>7,}")
        for failure in outcome.failures:
            self.stdout.write(failure)
        for invariant in outcome.invariants:
            verdict = "ok" if invariant.holds else "BROKEN"
            self.stdout.write(f"{verdict:>9} {invariant.name}")
