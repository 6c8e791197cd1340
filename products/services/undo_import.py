"""Undo of an import, row by row: what can be taken back is, and the rest says why not.

docs/decisions/undo.md has the rules; `undo_judging` applies them, here it is done.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import CannotUndo
from products.models import ImportUndo, ImportUndoRow, Operation
from products.services.deleting import erase_products, remove_products
from products.services.inserting import insert_rows
from products.services.ledger import post
from products.services.locking import batches, lock_products, lock_stock
from products.services.operations import Circumstances
from products.services.undo_edits import FieldsBack
from products.services.undo_judging import FIRST_VERSION, Judge
from products.services.undo_references import Kept, remove_made
from products.services.undo_verdicts import Outcome, Verdict

NAME_LENGTH = 255
_KEEP_RECORDS = """
INSERT INTO products_productchange (operation_id, product_id, sku, {before}, {after})
SELECT %s, product_id, sku, {after}, NULL FROM products_productchange
WHERE id IN ({marks})
"""


def take_back_import(
    undoing: Operation, original: Operation, circumstances: Circumstances
) -> ImportUndo:
    """Do for each product what `undo_judging` says, and keep what was left and why.

    Inside the caller's transaction, with the import locked. Locks its products, then
    their levels. Raises CannotUndo with every reason when nothing could be done: the
    import can be undone later then.
    """
    moment = circumstances.now or timezone.now()
    circumstances = replace(circumstances, now=moment)
    judge = Judge(original, moment)
    lock_stock(judge.product_ids)
    undo = ImportUndo.objects.create(operation=undoing)
    back = FieldsBack(undoing, circumstances, {})
    counts: Counter[Outcome] = Counter()
    does_something = False
    reasons: list[str] = []
    for verdicts in judge.verdicts():
        counts.update(verdict.outcome for verdict in verdicts)
        does_something |= any(verdict.does_something for verdict in verdicts)
        reasons += [] if does_something else _say_all(verdicts)
        _carry_out(undoing, verdicts, back, circumstances)
        _write_down(undo, verdicts)
    if not does_something:
        raise CannotUndo(reasons or [_("It changed nothing.")])
    conflicts = back.finish()
    if conflicts:
        raise CannotUndo(conflicts)
    _write_down_references(undo, remove_made(undoing, original))
    undo.restored_count = counts[Outcome.RESTORED]
    undo.kept_count = counts[Outcome.KEPT]
    undo.impossible_count = counts[Outcome.IMPOSSIBLE]
    undo.save(update_fields=["restored_count", "kept_count", "impossible_count"])
    return undo


def _say_all(verdicts: Iterable[Verdict]) -> list[str]:
    return [f"{each.sku}: {reason}" for each in verdicts for reason in each.reasons]


def _carry_out(
    undoing: Operation,
    verdicts: Sequence[Verdict],
    back: FieldsBack,
    circumstances: Circumstances,
) -> None:
    lines = [line for verdict in verdicts for line in verdict.lines]
    leaving = [verdict.product_id for verdict in verdicts if verdict.goes]
    post(undoing, lines, now=circumstances.now, leaving=leaving)
    _remove(undoing, [each for each in verdicts if each.goes], circumstances)
    back.add([(each.product, each.old) for each in verdicts if each.product])


def _remove(
    undoing: Operation, verdicts: Sequence[Verdict], circumstances: Circumstances
) -> None:
    """Delete added products; the trail has the record of those nobody edited."""
    new = [each for each in verdicts if each.version == FIRST_VERSION]
    _keep_records(undoing, [each.change_id or 0 for each in new])
    erase_products([each.product_id for each in new])
    edited = [each.product_id for each in verdicts if each.version != FIRST_VERSION]
    remove_products(undoing, list(lock_products(edited).values()), circumstances)


def _keep_records(undoing: Operation, change_ids: Sequence[int]) -> None:
    """Turn entries of products that were added into entries of their deletion.

    A statement per 5,000: the records don't leave the database.
    """
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for batch in batches(change_ids):
            sql = _KEEP_RECORDS.format(
                before=quote("before"),
                after=quote("after"),
                marks=", ".join(["%s"] * len(batch)),
            )
            cursor.execute(sql, [undoing.pk, *batch])


def _write_down(undo: ImportUndo, verdicts: Iterable[Verdict]) -> None:
    insert_rows(
        [
            ImportUndoRow(
                undo=undo,
                product_id=verdict.product_id,
                sku=verdict.sku,
                name=verdict.name,
                outcome=verdict.outcome.value,
                reasons=verdict.reasons,
            )
            for verdict in verdicts
            if verdict.reasons
        ]
    )


def _write_down_references(undo: ImportUndo, kept: Kept) -> None:
    insert_rows(
        [
            ImportUndoRow(
                undo=undo,
                name=name[:NAME_LENGTH],
                outcome=ImportUndoRow.Outcome.KEPT,
                reasons=[reason],
            )
            for name, reason in kept
        ]
    )
