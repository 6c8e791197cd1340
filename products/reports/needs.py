"""What needs somebody today: open counts, goods on the way, imports, holds that end.

One statement, written out, because it is on every dashboard; each part reads MOST
entries of an index at most. What is low or out stands in the figures.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import PurePath

from django.db import connection
from django.utils import timezone

from inventory_site.statements import ask

MOST = 100
RECENT = timedelta(days=14)  # what an import refused before is nobody's work of today
LATE = timedelta(days=7)  # goods on the way for longer may have got lost
SOON = timedelta(days=1)


class Kind(StrEnum):
    OUT = "out"
    LOW = "low"
    COUNT = "count"
    TRANSFER = "transfer"
    REFUSED = "refused"
    PREVIEW = "preview"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Need:
    """So many of a kind, MOST + 1 for any more.

    `pk` names the one that it is about; None for several. `who` began them, empty for
    several people. `is_late` says that one has waited for longer than LATE.
    """

    kind: Kind
    number: int
    pk: int | None = None
    who: str = ""
    is_late: bool = False


COUNTS = f"""
SELECT 'count', COUNT(*), MIN(id), MIN(created_by_label), MAX(created_by_label)
FROM (SELECT id, created_by_label FROM products_stocktake
    WHERE state IN ('draft', 'counting', 'review') LIMIT {MOST + 1}) some_counts
"""  # noqa: S608  (our own words)
TRANSFERS = f"""
SELECT 'transfer', COUNT(*), MIN(id), '', MAX(late)
FROM (SELECT id, CASE WHEN sent_at < %s THEN 'late' ELSE '' END AS late
    FROM products_transfer
    WHERE state IN ('sent', 'partial') LIMIT {MOST + 1}) some_transfers
"""  # noqa: S608  (the same)
HOLDS = f"""
SELECT 'hold', COUNT(*), MIN(id), '', ''
FROM (SELECT id FROM products_hold
    WHERE state = 'open' AND expires_at > %s AND expires_at <= %s
    LIMIT {MOST + 1}) some_holds
"""  # noqa: S608  (the same)
IMPORTS = f"""
SELECT * FROM (SELECT run.state, run.refused_count, run.id, run.file_name,
    CASE WHEN EXISTS (SELECT 1 FROM products_operation later
        WHERE later.reverses_id = run.operation_id) THEN 'undone' ELSE '' END
    FROM products_importrun run
    WHERE run.created_at > %s AND run.state IN ('applied', 'planned', 'columns')
    ORDER BY run.created_at DESC, run.id DESC LIMIT {MOST}) some_runs
"""  # noqa: S608  (the same)

COUNTED = {Kind.COUNT, Kind.TRANSFER, Kind.HOLD}  # the others are rows of imports
Row = tuple[str, int, int | None, str, str]


def needs_of(kinds: Collection[Kind], *, low: int, out: int) -> list[Need]:
    """Return what needs somebody who may see to `kinds`; at most one query.

    `low` and `out` are of the figures. An import is no need any more once a later one
    has brought the same file, or what was refused of it, or once it was undone.
    """
    now = timezone.now()
    asked = [
        (sql, moments)
        for part, sql, moments in (
            ({Kind.COUNT}, COUNTS, ()),
            ({Kind.TRANSFER}, TRANSFERS, (now - LATE,)),
            ({Kind.HOLD}, HOLDS, (now, now + SOON)),
            ({Kind.REFUSED, Kind.PREVIEW}, IMPORTS, (now - RECENT,)),
        )
        if part.intersection(kinds)
    ]
    rows = _ask(asked) if asked else []
    needs = [
        Need(Kind.OUT, out),
        Need(Kind.LOW, low),
        *(_counted(row) for row in rows if row[0] in COUNTED),
        *_imports([row for row in rows if row[0] not in COUNTED]),
    ]
    order = list(Kind)
    found = [need for need in needs if need.number and need.kind in kinds]
    return sorted(found, key=lambda need: order.index(need.kind))


def _ask(parts: Sequence[tuple[str, Sequence[datetime]]]) -> list[Row]:
    write = connection.ops.adapt_datetimefield_value
    rows = ask(
        " UNION ALL ".join(sql for sql, _moments in parts),
        [write(moment) for _sql, moments in parts for moment in moments],
    )
    # Where counts and columns stand in one statement, MariaDB makes both decimals.
    return [
        (name, int(number or 0), None if pk is None else int(pk), *texts)
        for name, number, pk, *texts in rows
    ]


def _counted(row: Row) -> Need:
    name, number, pk, first, last = row
    kind = Kind(name)
    return Need(
        kind,
        number,
        pk if number == 1 else None,
        first if kind == Kind.COUNT and first == last else "",
        is_late=kind == Kind.TRANSFER and last == "late",
    )


def _imports(rows: Sequence[Row]) -> Iterator[Need]:
    """Go through the runs, the newest first, and leave out what came again later."""
    refused: list[tuple[int, int | None]] = []
    waiting: list[int | None] = []
    came_later: set[str] = set()
    for state, number, pk, name, undone in rows:
        if state != "applied":
            waiting.append(pk)
        elif not undone:
            again = {name, f"{PurePath(name).stem}-refused.csv"}
            if number and not again & came_later:
                refused.append((number, pk))
            came_later.add(name)
    for kind, found in (
        (Kind.REFUSED, refused),
        (Kind.PREVIEW, [(1, pk) for pk in waiting]),
    ):
        pks = [pk for _number, pk in found]
        total = sum(number for number, _pk in found)
        yield Need(kind, total, pks[0] if len(pks) == 1 else None)
