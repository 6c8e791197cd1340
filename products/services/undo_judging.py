"""What undoing an import would do to each of its products, and why not more.

The preview and the undo itself ask the same code, so they can't disagree: it reads and
never writes. docs/decisions/undo.md has the rules.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from products.models import Operation, Product
from products.services.locking import BATCH, batches
from products.services.order_states import order_conflicts
from products.services.undo_claims import Refused, refused_claims
from products.services.undo_fields import (
    edited_since,
    judge_fields,
    load_products,
)
from products.services.undo_products import say_deleted
from products.services.undo_since import Reasons, used_since
from products.services.undo_stock import Moved, judge_stock, opposites
from products.services.undo_values import Edit, among, merge_changes
from products.services.undo_verdicts import Verdict

FIRST_VERSION = 1  # of a product that nobody has edited since it was added


class Judge:
    """Judges the products of one import, 5,000 at a time.

    Keeps two numbers of each change and of each movement. `product_ids` are in order.
    """

    def __init__(self, operation: Operation, moment: datetime) -> None:
        self._operation = operation
        self._moment = moment
        changes = operation.changes.order_by("pk")
        movements = operation.movements.order_by("pk")
        self._changes = _by_product(changes.values_list("product_id", "pk"))
        self._movements = _by_product(movements.values_list("product_id", "pk"))
        added = changes.filter(before__isnull=True)
        self._added = set(added.values_list("product_id", flat=True))
        self.product_ids = sorted(self._changes.keys() | self._movements.keys())

    def verdicts(self) -> Iterator[list[Verdict]]:
        """Yield the verdicts in the order of product ids, 5,000 at a time.

        About fifteen queries each, fewer where it only added. What was judged may be
        written before the next are asked for: no verdict hangs on one before it.
        """
        refused = refused_claims(self._operation, self._going)
        for start in range(0, len(self.product_ids), BATCH):
            yield self._judge(self.product_ids[start : start + BATCH], refused)

    def _judge(self, ids: Sequence[int], refused: Refused) -> list[Verdict]:
        rows = Product.objects.filter(among("pk", ids)).order_by()
        wanted = set(ids)
        verdicts = {
            row[0]: Verdict(*row)
            for row in rows.values_list("pk", "sku", "name", "version")
            if row[0] in wanted
        }
        moved = self._moved(ids)
        added = {pk: verdicts[pk] for pk in verdicts.keys() & self._added}
        rest = {pk: verdicts[pk] for pk in sorted(verdicts.keys() - self._added)}
        gone = [pk for pk in ids if pk not in verdicts]
        edits = self._edits([*gone, *(pk for pk in rest if pk in self._changes)])
        self._judge_added(added, moved)
        edited = [verdict for pk, verdict in rest.items() if pk in edits]
        judge_fields(edited, edits, refused)
        _keep_values(edited, edits, moved)
        judge_stock(
            rest,
            {pk: moved[pk] for pk in rest if pk in moved},
            self._moment,
            order_conflicts(self._operation, list(rest)),
        )
        verdicts.update(
            (pk, _gone(pk, edits.get(pk), moved.get(pk, []))) for pk in gone
        )
        return [verdicts[pk] for pk in ids]

    def _judge_added(
        self, added: Mapping[int, Verdict], moved: Mapping[int, Sequence[Moved]]
    ) -> None:
        """An added product goes when nobody has touched it, else it stays whole."""
        reasons = self._touched({pk: each.version for pk, each in added.items()})
        for pk, verdict in added.items():
            verdict.kept = reasons.get(pk, [])
            verdict.goes = not verdict.kept
            if verdict.goes:
                verdict.change_id = self._changes[pk][-1]
                verdict.lines = opposites(moved.get(pk, []))

    def _touched(self, versions: Mapping[int, int]) -> Reasons:
        if not versions:
            return {}
        reasons = used_since(self._operation, sorted(versions), self._moment)
        suspects = sorted(pk for pk, v in versions.items() if v != FIRST_VERSION)
        if suspects:
            products = load_products(suspects)
            edited = edited_since(products.values(), self._edits(suspects))
            for pk, sentence in edited.items():
                reasons[pk].insert(0, sentence)
        return reasons

    def _going(self, product_ids: Collection[int]) -> set[int]:
        """Return which of the products were added by it and go again."""
        going: set[int] = set()
        for batch in batches(self._added.intersection(product_ids)):
            rows = Product.objects.filter(pk__in=batch).values_list("pk", "version")
            versions = dict(rows)
            going |= versions.keys() - self._touched(versions).keys()
        return going

    def _edits(self, product_ids: Collection[int]) -> dict[int, Edit]:
        keys = [key for pk in product_ids for key in self._changes.get(pk, [])]
        return merge_changes(
            change
            for batch in batches(keys)
            for change in self._operation.changes.filter(among("pk", batch)).order_by(
                "pk"
            )
        )

    def _moved(self, product_ids: Collection[int]) -> dict[int, list[Moved]]:
        keys = [key for pk in product_ids for key in self._movements.get(pk, [])]
        moved: dict[int, list[Moved]] = defaultdict(list)
        for batch in batches(keys):
            rows = self._operation.movements.filter(among("pk", batch)).order_by("-pk")
            for row in rows.values_list(
                "product_id", "location_id", "sku", "delta", "value_delta"
            ):
                moved[row[0] or 0].append(Moved(*row))
        return moved


def _by_product(rows: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for product_id, pk in rows:
        found.setdefault(product_id, []).append(pk)
    return found


def _keep_values(
    edited: Sequence[Verdict],
    edits: Mapping[int, Edit],
    moved: dict[int, list[Moved]],
) -> None:
    """Where the cost stays as it is, the value that it gave the stock stays too."""
    for verdict in edited:
        pk = verdict.product_id
        if "cost" in edits[pk].before and "cost" not in verdict.old and pk in moved:
            moved[pk] = [move for move in moved[pk] if move.delta]


def _gone(pk: int, edit: Edit | None, moves: Sequence[Moved]) -> Verdict:
    kept = (edit.after | edit.before) if edit else {}
    sku = edit.sku if edit else moves[0].sku
    verdict = Verdict(pk, sku, kept.get("name") or sku)
    verdict.impossible.append(say_deleted(sku))
    return verdict
