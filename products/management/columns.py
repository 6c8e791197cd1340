"""Naming the columns of a table on the command line, and saying what they are."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.management.base import CommandError, CommandParser

from products.importing.table import CODE, FIELDS, field_named, name_of
from products.models import ImportRun
from products.tabular.own_csv import COLUMNS, STOCK_AT

SAID = {
    "asked": "as asked for",
    "remembered": "as named before",
    "name": "by its name",
}


def add_map_argument(parser: CommandParser) -> None:
    """Offer `--map`."""
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="HEADER=FIELD",
        help="what a column of any table is, such as “Titel=name”; with nothing after"
        " the = it is not read; can be given several times",
    )


def mapping_of(options: Mapping[str, Any]) -> dict[str, str]:
    """Return header -> field from `--map`; raises CommandError for what is none."""
    mapping: dict[str, str] = {}
    for text in options["map"]:
        header, mark, name = text.rpartition("=")
        field = field_named(name)
        if not mark or not header.strip():
            message = f"Write HEADER=FIELD, such as “Titel=name”, not “{text}”."
            raise CommandError(message)
        if field is None:
            message = f"There is no field “{name}”. There are: {_known_names()}."
            raise CommandError(message)
        mapping[header.strip()] = field
    if mapping and options["format"] not in {"", CODE}:
        message = f"--map names the columns of the format “{CODE}” only."
        raise CommandError(message)
    return mapping


def column_lines(run: ImportRun) -> Iterator[str]:
    """Yield what each column of any table is; nothing for another format."""
    named = run.report.get("columns", [])
    for column in named:
        if column["field"]:
            name, why = name_of(column["field"]), SAID[column["why"]]
            yield f"{column['title']} = {name}, {why}"
    unread = [column["title"] for column in named if not column["field"]]
    if unread:
        yield f"not read: {', '.join(unread)}"


def _known_names() -> str:
    own = dict.fromkeys([*COLUMNS.values(), *map(name_of, FIELDS.values())])
    return ", ".join([*own, f"{STOCK_AT}CODE"])
