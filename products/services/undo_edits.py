"""Undo of edits: fields of many products get their old value."""

from collections.abc import Collection, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from products.models import Operation, Product, ProductChange
from products.services.bulk_editing import save_rows
from products.services.inserting import insert_rows
from products.services.operations import Circumstances
from products.services.snapshots import (
    RELATED,
    Snapshot,
    field_as_json,
    field_label,
    set_from_json,
)
from products.services.undo_claims import CLAIMED
from products.services.undo_products import (
    say_deleted,
    settle_relations,
    why_refused,
)
from products.services.undo_references import Replaced
from products.services.undo_values import Edit, is_same, merge_changes


class FieldsBack:
    """Gives products of an operation their old values, 5,000 after 5,000.

    What only one product can have waits for `finish`: another part, or a product that
    is to be removed, may have it still.
    """

    def __init__(
        self, undoing: Operation, circumstances: Circumstances, replaced: Replaced
    ) -> None:
        self._undoing = undoing
        self._moment = circumstances.now or timezone.now()
        self._replaced = replaced
        self._waiting: list[Product] = []
        self._names: set[str] = set()

    def add(self, old: Sequence[tuple[Product, Snapshot]]) -> None:
        """Set these fields of locked products, with RELATED loaded, and keep the trail.

        A fixed number of statements per ROWS.
        """
        trail = [self._set(product, values) for product, values in old]
        settle_relations([product for product, _values in old], self._replaced)
        insert_rows(trail)
        plain: list[Product] = []
        names: set[str] = set()
        for product, values in old:
            if values.keys().isdisjoint(CLAIMED):
                plain.append(product)
                names.update(values)
            else:
                self._waiting.append(product)
                self._names.update(values)
        save_rows(plain, sorted(names))

    def finish(self) -> list[str]:
        """Save what waited; return who else has one of the values now."""
        try:
            with transaction.atomic():
                save_rows(self._waiting, sorted(self._names))
        except IntegrityError:
            reasons = [why for each in self._waiting for why in why_refused(each)]
            if not reasons:
                raise
            return reasons
        return []

    def _set(self, product: Product, values: Snapshot) -> ProductChange:
        before = {name: field_as_json(product, name) for name in values}
        for name, value in values.items():
            set_from_json(product, name, value)
        product.version += 1
        product.updated_at = self._moment
        return ProductChange(
            operation=self._undoing,
            product_id=product.pk,
            sku=product.sku,
            before=before | {"version": product.version - 1},
            after=values | {"version": product.version},
        )


def set_back(
    back: FieldsBack, changes: Sequence[ProductChange], there: Collection[int]
) -> list[str]:
    """Give edited fields their old value where nobody has changed them since.

    `there` are the ids of the products that exist, which are locked.
    """
    edits = merge_changes(changes)
    rows = Product.objects.filter(pk__in=edits.keys() & there)
    products = {row.pk: row for row in rows.select_related(*RELATED)}
    reasons: list[str] = []
    old: list[tuple[Product, Snapshot]] = []
    for pk, edit in edits.items():
        product = products.get(pk)
        if product is None:
            reasons.append(say_deleted(edit.sku))
            continue
        changed = _changed_since(product, edit)
        reasons += changed
        if not changed:
            old.append((product, {name: edit.before[name] for name in edit.names}))
    back.add(old)
    return reasons


def _changed_since(product: Product, edit: Edit) -> list[str]:
    return [
        _("“%(field)s” of “%(product)s” was changed again since.")
        % {"field": field_label(name), "product": product.name}
        for name in edit.names
        if not is_same(name, field_as_json(product, name), edit.after.get(name))
    ]
