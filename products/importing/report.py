"""What came of an import, as the one JSON document that `import_products` prints."""

from collections.abc import Iterable, Sequence
from typing import Any

from products.importing.findings import Findings, Note, Refusal
from products.importing.guessing import Column
from products.importing.naming import as_report
from products.importing.request import OpenedFile
from products.importing.stocking import STOCK
from products.importing.table import name_of
from products.models import ImportFinding, ImportRun
from products.tabular.reading import DELIMITERS, Table

NEW = ("categories", "brands", "groups", "locations")
"""What an import makes besides products, by its key in `ImportRun.report`."""


def describe_file(run: ImportRun, opened: OpenedFile) -> None:
    """Set what reading the file has found out about it; nothing is saved."""
    describe_table(run, opened.table, opened.named)
    run.format = opened.format.code
    run.report |= {
        "unknown": list(opened.columns.unknown),
        "has_stock": any(name.startswith(STOCK) for name in opened.columns.positions),
    }


def describe_table(run: ImportRun, table: Table, named: Sequence[Column]) -> None:
    """Set what is known of a file before its format is; nothing is saved."""
    run.size, run.sha256, run.format = table.size, table.sha256, ""
    run.encoding, run.delimiter = table.encoding, table.delimiter
    run.record_count = run.progress_total = table.record_count
    run.report = {"header": list(table.header), "own": sorted(table.own)}
    if named:
        run.report["columns"] = as_report(named)


def as_document(run: ImportRun, findings: Findings) -> dict[str, Any]:
    """Return the document that `import_products --json` prints.

    A promise to scripts: keys may be added, never renamed.
    """
    named = run.report.get("columns", [])
    columns = {it["title"]: name_of(it["field"]) for it in named if it["field"]}
    return {
        "format": run.format,
        "encoding": run.encoding,
        "delimiter": DELIMITERS.get(run.delimiter, run.delimiter),
        "records": run.record_count,
        "created": run.created_count,
        "changed": run.changed_count,
        "unchanged": run.unchanged_count,
        "refused": [
            {
                "record": refusal.record,
                "column": refusal.column,
                "value": refusal.value,
                "reason": f"{refusal.reason} {refusal.mend}",
            }
            for refusal in findings.refused
        ],
        "notes": [
            {
                "record": note.record,
                "column": note.column,
                "value": note.value,
                "note": note.note,
            }
            for note in findings.notes
        ],
        "new": {kind: run.report.get(kind, {}).get("count", 0) for kind in NEW},
        "operation": run.operation_id,
        **({"columns": columns} if named else {}),
    }


def stored_findings(run: ImportRun) -> Findings:
    """Return the refusals and notes of a stored run, in the order of the file."""
    rows: Iterable[ImportFinding] = run.findings.order_by("record", "pk").iterator(
        2_000
    )
    findings = Findings()
    for row in rows:
        place = (row.record, row.field, row.column, row.value)
        if row.is_refusal:
            findings.refused.append(Refusal(*place, row.reason, row.mend))
        else:
            findings.notes.append(Note(*place, row.reason))
    return findings
