"""manage.py import_products FILE."""

import hashlib
import json
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from products.errors import InventoryError, KeyReused
from products.importing.findings import Findings
from products.importing.registry import FORMATS
from products.importing.report import NEW, as_document
from products.importing.request import ImportRequest
from products.importing.run import ImportOutcome, run_import
from products.management.columns import add_map_argument, column_lines, mapping_of
from products.management.keys import add_key_argument, key_reused, once_with
from products.management.places import location_with_code
from products.management.progress import progress_on
from products.models import ImportRun, Location
from products.services.operations import Author, Circumstances, Once
from products.tabular.encoding import LABELS
from products.tabular.problems import UnreadableFileError
from products.tabular.reading import DELIMITER_LABELS

LISTED = 20  # refusals and notes printed for people; --json prints all
NAMED = 10  # new categories and the like
FOUND_REFUSED = 1


class Command(BaseCommand):
    help = (
        "Import products, stock or orders from a CSV file or a workbook: our own, those"
        " of other shops, or any table. Records that can't be taken are listed and"
        " never stop the others; the command then ends with exit code 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--format",
            choices=sorted(FORMATS),
            default="",
            help="found out if left out",
        )
        add_map_argument(parser)
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="say what would happen, change nothing",
        )
        parser.add_argument(
            "--location",
            metavar="CODE",
            help="where the stock goes; the default location if left out",
        )
        parser.add_argument(
            "--set-stock",
            action="store_true",
            help="also change the stock of products that exist, to what the file says",
        )
        parser.add_argument(
            "--strict",
            action="store_true",
            help="refuse rows that need a new category, brand, group or location",
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help="print one JSON document and nothing else",
        )
        add_key_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = self._import(options)
        if options["json"]:
            document = as_document(outcome.run, outcome.findings)
            if outcome.is_repeated:
                document["repeated"] = True
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))
        else:
            if outcome.is_repeated:
                self.stdout.write("Imported before; nothing was changed now.")
            self._print(outcome.run, outcome.findings)
        refused = outcome.run.refused_count
        if refused:
            message = f"{refused:,} of {outcome.run.record_count:,} rows were refused."
            raise CommandError(message, returncode=FOUND_REFUSED)

    def _import(self, options: dict[str, Any]) -> ImportOutcome:
        if options["key"] and options["dry_run"]:
            message = "A dry run changes nothing, so it takes no --key."
            raise CommandError(message)
        path: Path = options["file"]
        location = location_with_code(options["location"])
        mapping = mapping_of(options)
        try:
            with path.open("rb") as stream, progress_on(self.stderr) as report:
                request = ImportRequest(
                    stream=stream,
                    file_name=path.name,
                    location=location,
                    format_code=options["format"],
                    sets_stock=options["set_stock"],
                    is_strict=options["strict"],
                    is_dry_run=options["dry_run"],
                    mapping=mapping,
                )
                circumstances = Circumstances(
                    Author.for_command("import_products"),
                    once=_once(options, stream, location),
                )
                return run_import(request, circumstances=circumstances, progress=report)
        except KeyReused as error:
            raise key_reused(error) from error
        except (UnreadableFileError, InventoryError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            message = f"{path} can't be read: {error.strerror}."
            raise CommandError(message) from error

    def _print(self, run: ImportRun, findings: Findings) -> None:
        self.stdout.write(
            f"{run.file_name}: {FORMATS[run.format].label}, {LABELS[run.encoding]},"
            f" {DELIMITER_LABELS[run.delimiter]}, {run.record_count:,} rows"
        )
        self.stdout.write(
            f"{run.created_count:,} created, {run.changed_count:,} changed,"
            f" {run.unchanged_count:,} unchanged, {run.refused_count:,} refused"
        )
        self._list("Columns", list(column_lines(run)))
        self._list("New besides products", list(_made(run)))
        self._list(
            "Refused",
            [
                f"row {each.record}, {_cell(each.column, each.value)}"
                f"{each.reason} {each.mend}"
                for each in findings.refused
            ],
        )
        self._list(
            "Notes",
            [
                f"row {each.record}, {_cell(each.column, each.value)}{each.note}"
                for each in findings.notes
            ],
        )
        if run.state == "discarded":
            self.stdout.write("Dry run: nothing was changed.")
        elif run.operation_id is None:
            self.stdout.write("There was nothing to change.")
        else:
            self.stdout.write(f"Done as operation {run.operation_id}.")

    def _list(self, title: str, lines: list[str]) -> None:
        if not lines:
            return
        self.stdout.write(f"{title}:")
        for line in lines[:LISTED]:
            self.stdout.write(f"  {line}")
        if len(lines) > LISTED:
            self.stdout.write(f"  and {len(lines) - LISTED:,} more; --json lists all")


def _once(
    options: dict[str, Any], stream: BufferedReader, location: Location
) -> Once | None:
    """Return the key and what it stands for: the content of the file, not its name."""
    if not options["key"]:
        return None
    digest = hashlib.file_digest(stream, "sha256").hexdigest()
    stream.seek(0)
    request = {
        "command": "import_products",
        "sha256": digest,
        "format": options["format"],
        "location": location.code,
        "set_stock": options["set_stock"],
        "strict": options["strict"],
        **({"map": options["map"]} if options["map"] else {}),
    }
    return once_with(options["key"], request)


def _made(run: ImportRun) -> Iterator[str]:
    """Yield what the import makes, or would make, besides products."""
    for kind in NEW:
        new = run.report.get(kind, {"count": 0, "names": []})
        if new["count"]:
            names = ", ".join(new["names"][:NAMED])
            more = ", …" if new["count"] > NAMED else ""
            yield f"{kind} ({new['count']:,}): {names}{more}"


def _cell(column: str, value: str) -> str:
    """Return "Price “12,90”: ", or as much of it as there is."""
    parts = [column, f"“{value}”" if value else ""]
    said = " ".join(part for part in parts if part)
    return f"{said}: " if said else ""
