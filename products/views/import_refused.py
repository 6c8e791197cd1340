"""The refused records of an import as a file, to be mended and sent again."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from products.importing.staged import BATCH, Outcome
from products.models import ImportFinding, ImportRow, ImportRun
from products.tabular.mending import COLUMNS, mending_row, without_own
from products.tabular.writing import write_csv
from products.views.downloads import send_file
from products.views.one_import import ImportPage


class ImportRefusedView(ImportPage):
    """CSV: each record as it was, after its number, the reason, and how to mend it."""

    # The cells may hold costs, also in columns that nobody has read.
    permission_required = ("products.import_products", "products.view_cost")
    limited = ("GET", "export")

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        run = self.run
        titles = without_own(run.report.get("header", []), run.report.get("own", []))
        header = mending_row(COLUMNS, titles)
        name = f"{PurePath(run.file_name).stem}-refused.csv"
        pieces = write_csv([str(title) for title in header], _rows(run))
        return send_file(request, pieces, name=name, with_cost=True)


def _rows(run: ImportRun) -> Iterator[list[Any]]:
    """Yield the refused records in the order of the file; two queries a batch."""
    own = run.report.get("own", [])
    refused = run.rows.filter(outcome=Outcome.REFUSED).order_by("record")
    batch = list(refused[:BATCH])
    while batch:
        faults = _faults(run, batch)
        for row in batch:
            found = faults.get(row.record, [])
            said = (
                row.record,
                " / ".join(_reason(fault) for fault in found),
                " / ".join(fault.mend for fault in found),
            )
            plan = row.plan if isinstance(row.plan, dict) else {}  # spoilt
            yield mending_row(said, without_own(plan.get("cells", []), own))
        batch = list(refused.filter(record__gt=batch[-1].record)[:BATCH])


def _faults(run: ImportRun, rows: list[ImportRow]) -> dict[int, list[ImportFinding]]:
    first, last = rows[0].record, rows[-1].record
    found: dict[int, list[ImportFinding]] = {}
    faults = run.findings.filter(is_refusal=True, record__range=(first, last))
    for fault in faults.order_by("record", "pk"):
        found.setdefault(fault.record, []).append(fault)
    return found


def _reason(fault: ImportFinding) -> str:
    return f"{fault.column}: {fault.reason}" if fault.column else fault.reason
