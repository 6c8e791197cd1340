"""What came of an import: as a row of the database, and as one JSON document."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from products.importing.findings import Findings, Note, Refusal
from products.importing.plan import Plan, PlannedProduct
from products.importing.request import OpenedFile
from products.models import ImportRun
from products.services.operations import Author
from products.tabular.reading import DELIMITERS

KEPT = {"refused": 10_000, "notes": 2_000, "created": 1_000, "changed": 1_000}
"""How many entries of each kind the database keeps; `more` counts the others.

The command prints all refusals and notes.
"""


def make_run(
    opened: OpenedFile, author: Author, plan: Plan, findings: Findings
) -> ImportRun:
    """Return the unsaved record of an import, with the figures of its plan."""
    table, request = opened.table, opened.request
    return ImportRun(
        actor_id=author.user.pk if author.user else None,
        actor_label=author.label,
        file_name=request.file_name[-255:],
        size=table.size,
        sha256=table.sha256,
        format=opened.format.code,
        encoding=table.encoding,
        delimiter=table.delimiter,
        state=ImportRun.State.DISCARDED
        if request.is_dry_run
        else ImportRun.State.APPLIED,
        record_count=table.record_count,
        created_count=len(plan.created),
        changed_count=len(plan.changed),
        unchanged_count=plan.unchanged,
        refused_count=len(findings.refused_records),
        report=_stored(opened, plan, findings),
    )


def as_document(run: ImportRun, findings: Findings) -> dict[str, Any]:
    """Return the document that `import_products --json` prints.

    A promise to scripts: keys may be added, never renamed.
    """
    return {
        "format": run.format,
        "encoding": run.encoding,
        "delimiter": DELIMITERS[run.delimiter],
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
        "operation": run.operation_id,
    }


def kept_findings(run: ImportRun) -> Findings:
    """Return the refusals and notes of a stored import, as far as they are kept."""
    return Findings(
        refused=[Refusal(**entry) for entry in run.report["refused"]],
        notes=[Note(**entry) for entry in run.report["notes"]],
    )


def _stored(opened: OpenedFile, plan: Plan, findings: Findings) -> dict[str, Any]:
    names = {
        location.pk: location.name for location in opened.target.locations.values()
    }
    entries: dict[str, Sequence[Any]] = {
        "refused": findings.refused,
        "notes": findings.notes,
        "created": plan.created,
        "changed": plan.changed,
    }
    stored: dict[str, Any] = {
        name: [_entry(each, names) for each in found[: KEPT[name]]]
        for name, found in entries.items()
    }
    stored["more"] = {
        name: max(0, len(found) - KEPT[name]) for name, found in entries.items()
    }
    stored["new_categories"] = plan.new_categories
    stored["sets_stock"] = opened.request.sets_stock
    stored["location"] = opened.request.location.name
    return stored


def _entry(found: Any, names: dict[int, str]) -> dict[str, Any]:
    if not isinstance(found, PlannedProduct):
        return asdict(found)
    return {
        "record": found.record,
        "sku": found.sku,
        "name": found.name,
        "options": found.options,
        "product": found.product_id,
        "changes": [list(change) for change in found.changes],
        "stock": list(_stock(found, names)),
    }


def _stock(planned: PlannedProduct, names: dict[int, str]) -> Iterable[list[Any]]:
    """Yield location, units before and units after of each level that moves."""
    for pk, units in planned.stock.items():
        before = planned.on_hand.get(pk, 0)
        yield [names[pk], before, before + units]
