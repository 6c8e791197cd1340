"""A plan is written to the database while the file is read, batch by batch."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from products.fields import SKU_LENGTH
from products.importing.claiming import (
    ATTEMPTS_TO_READ,
    TakenOverError,
    patiently,
)
from products.importing.claims import CLAIMED
from products.importing.findings import Findings
from products.importing.plan import PlannedProduct
from products.importing.staged import BATCH, Outcome, as_json, digest_of, outcome_of
from products.models import ImportFinding, ImportRow, ImportRun
from products.services.inserting import insert_values
from products.tabular.reading import Record

NAME_LENGTH = 255
CELL_LENGTH = 32_767  # what a cell of a spreadsheet holds at most

Values = dict[str, Any]
"""A row to be stored, column -> value."""


class CancelledError(Exception):
    """Somebody asked for the work to end."""


class Staging:
    """Stores what is planned for `run`, a short transaction per batch.

    `seen` is what an earlier preview showed: record -> its digest and whether it was
    ticked. A row that comes out differently is marked and not ticked.
    """

    def __init__(
        self, run: ImportRun, seen: Mapping[int, tuple[bytes, bool]] | None = None
    ) -> None:
        self._run = run
        self._seen = seen
        self._refused: set[int] = set()

    def write(
        self,
        planned: Sequence[PlannedProduct],
        findings: Findings,
        *,
        done: int,
        anew: Collection[int] = (),
    ) -> None:
        """Store a batch and empty `findings`; `done` is how far the file is read.

        What is stored of the records `anew` makes room. Waits while another import is
        applied. Raises CancelledError when somebody wants it to stop, and
        TakenOverError when somebody else reads the file.
        """
        now = timezone.now()
        self._patiently(lambda: self._store(planned, findings, done, now, anew))
        self._run.alive_at = now
        self._refused |= findings.refused_records
        findings.refused.clear()
        findings.notes.clear()

    def write_again(
        self, planned: Sequence[PlannedProduct], findings: Findings
    ) -> None:
        """Store what the end of the file decided about rows that are stored already."""
        records = {each.record for each in planned}
        done = self._run.record_count
        self.write(planned, findings, done=done, anew=records)

    @transaction.atomic
    def _store(
        self,
        planned: Sequence[PlannedProduct],
        findings: Findings,
        done: int,
        now: datetime,
        anew: Collection[int],
    ) -> None:
        self._go_on(done, now)
        if anew:
            self._run.rows.filter(record__in=anew).delete()
        rows = [self._row(each) for each in planned if not each.is_refused]
        known = {each.record: each for each in planned}
        rows += self._refused_rows(findings, known)
        insert_values(ImportRow, rows)
        ImportFinding.objects.bulk_create(
            [
                *(
                    self._finding(each, each.reason, each.mend)
                    for each in findings.refused
                ),
                *(self._finding(each, each.note) for each in findings.notes),
            ],
            batch_size=BATCH,
        )

    def _patiently(self, write: Callable[[], object]) -> None:
        patiently(self._run, write, attempts=ATTEMPTS_TO_READ)

    def keep_cells(self, records: Iterable[Record]) -> None:
        """Store the cells of the refused records, to be mended and sent again.

        Reads `records`, all those of the file, only when something was refused.
        """
        if not self._refused:
            return
        waiting: list[ImportRow] = []
        rows = self._run.rows.filter(outcome=Outcome.REFUSED).only("pk", "record")
        by_record = {row.record: row for row in rows.iterator(chunk_size=BATCH)}
        for record in records:
            row = by_record.get(record.number)
            if row is None:
                continue
            cells = (*record.cells, *record.surplus)
            row.plan = {"cells": [cell[:CELL_LENGTH] for cell in cells]}
            waiting.append(row)
            if len(waiting) == BATCH:
                self._update(waiting)
                waiting.clear()
        self._update(waiting)
        self.write([], Findings(), done=self._run.record_count)

    def _update(self, rows: Sequence[ImportRow]) -> None:
        self._patiently(lambda: bool(ImportRow.objects.bulk_update(rows, ["plan"])))

    def _go_on(self, done: int, now: datetime) -> None:
        run = self._run
        own = ImportRun.objects.filter(
            pk=run.pk, state=run.state, alive_at=run.alive_at
        )
        going_on = own.filter(is_cancelling=False)
        if not going_on.update(progress_done=done, alive_at=now):
            raise CancelledError if own.exists() else TakenOverError

    def _refused_rows(
        self, findings: Findings, known: Mapping[int, PlannedProduct]
    ) -> Iterator[Values]:
        for record in sorted(findings.refused_records - self._refused):
            planned = known.get(record)
            yield {
                "run_id": self._run.pk,
                "record": record,
                "outcome": Outcome.REFUSED,
                "is_accepted": False,
                "sku": planned.sku[:SKU_LENGTH] if planned else "",
                "name": planned.name[:NAME_LENGTH] if planned else "",
            }

    def _row(self, planned: PlannedProduct) -> Values:
        row: Values = {
            "run_id": self._run.pk,
            "record": planned.record,
            "outcome": outcome_of(planned),
            "sku": planned.sku,
            "name": planned.name,
            "product_id": planned.product_id,
            "is_claiming": not CLAIMED.isdisjoint(planned.values),
            "plan": as_json(planned),
        }
        if self._seen is not None:
            digest, was_accepted = self._seen.get(planned.record, (b"", False))
            is_different = digest != digest_of(ImportRow(**row))
            row["is_different"] = is_different
            row["is_accepted"] = was_accepted and not is_different
        return row

    def _finding(self, found: Any, reason: str, mend: str = "") -> ImportFinding:
        return ImportFinding(
            run=self._run,
            record=found.record,
            is_refusal=bool(mend),
            field=found.field[:200],
            column=found.column[:200],
            value=found.value,
            reason=reason,
            mend=mend,
        )
