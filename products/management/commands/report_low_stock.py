"""manage.py report_low_stock --to ADDRESS…"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from products.management.low_stock_mail import low_stock_mail, low_stock_text
from products.models import Digest
from products.reports.levels import has_several_locations
from products.reports.reorder import Need, reorder_needs
from products.services.digests import fingerprint_of, last_digest, record_digest
from products.services.ledger_head import ledger_head


class Command(BaseCommand):
    help = (
        "Mail the reorder list to ADDRESS as one digest, unless the last one to the"
        " same people said the same. It carries the ledger head."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to",
            metavar="ADDRESS",
            nargs="+",
            required=True,
            help="who gets the mail; costs are not in it unless you add --cost",
        )
        parser.add_argument(
            "--cost", action="store_true", help="add what the products cost you"
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="print the mail instead of sending it",
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help="print one JSON document and nothing else",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        recipients = _addresses(options["to"])
        needs = reorder_needs()
        fingerprint = fingerprint_of(
            (
                need.product_id,
                need.location_id,
                need.available,
                need.incoming,
                need.suggested,
            )
            for need in needs
        )
        known = last_digest(recipients)
        if options["dry_run"]:
            self._report(options, "dry_run", needs, head=ledger_head())
        elif _says_nothing_new(known, fingerprint, needs):
            self._report(options, "unchanged", needs, known=known)
        else:
            head = ledger_head()
            _send(needs, recipients, head=head, with_cost=options["cost"])
            record_digest(
                recipients=recipients,
                fingerprint=fingerprint,
                head=head,
                product_count=len(needs),
            )
            self._report(options, "sent", needs, head=head)

    def _report(
        self,
        options: dict[str, Any],
        state: str,
        needs: Sequence[Need],
        *,
        head: str | None = None,
        known: Digest | None = None,
    ) -> None:
        if options["json"]:
            document = _document(state, needs, head, with_cost=options["cost"])
            self.stdout.write(json.dumps(document, ensure_ascii=False))
        elif state == "unchanged":
            self.stdout.write(_why_not(known))
        elif state == "dry_run":
            self.stdout.write(_text(needs, head or "", with_cost=options["cost"]))
            self.stdout.write("Dry run: nothing was mailed.")
        else:
            self.stdout.write(f"Mailed: products to order {len(needs):,}.")


def _addresses(typed: Sequence[str]) -> list[str]:
    for address in typed:
        try:
            validate_email(address)
        except ValidationError as error:
            message = f"“{address}” is no mail address."
            raise CommandError(message) from error
    return list(dict.fromkeys(typed))


def _says_nothing_new(
    known: Digest | None, fingerprint: str, needs: Sequence[Need]
) -> bool:
    """Say whether the last mail said just this; nothing at first needs no mail."""
    return not needs if known is None else known.fingerprint == fingerprint


def _why_not(known: Digest | None) -> str:
    if known is None:
        return "Nothing is at or below its reorder point; nothing was mailed."
    day = timezone.localtime(known.sent_at)
    return f"Nothing has changed since the mail of {day:%Y-%m-%d %H:%M}."


def _send(
    needs: Sequence[Need], recipients: Sequence[str], *, head: str, with_cost: bool
) -> None:
    if not settings.EMAIL_IS_SET_UP:
        message = "No mail server is set up: set EMAIL_URL, or use --dry-run."
        raise CommandError(message)
    mail = low_stock_mail(
        needs,
        recipients=recipients,
        head=head,
        with_location=has_several_locations(),
        with_cost=with_cost,
    )
    try:
        mail.send()
    except OSError as error:  # the parent of SMTPException too
        message = f"The mail could not be sent: {error}"
        raise CommandError(message) from error


def _text(needs: Sequence[Need], head: str, *, with_cost: bool) -> str:
    return low_stock_text(
        needs, head=head, with_location=has_several_locations(), with_cost=with_cost
    )


def _document(
    state: str, needs: Sequence[Need], head: str | None, *, with_cost: bool
) -> dict[str, Any]:
    hidden = {"product_id", "location_id"} | (set() if with_cost else {"cost"})
    return {
        "state": state,
        "head": head,
        "needs": [
            {
                name: str(value) if name == "cost" and value is not None else value
                for name, value in asdict(need).items()
                if name not in hidden
            }
            for need in needs
        ],
    }
