"""Fields of many products at once: archived, brought back, sorted under a category."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from django.utils.translation import gettext as _

from products.models import BulkRun, Category, Operation, Product
from products.services.bulk_editing import BulkEdit, edit_products_in_bulk
from products.services.bulk_plans import Fate, Item
from products.services.locking import batches
from products.services.operations import Circumstances

ARCHIVED = Product.Status.ARCHIVED
ACTIVE = Product.Status.ACTIVE


class _Row(NamedTuple):
    """A product, and the value of the column that is to change."""

    pk: int
    sku: str
    name: str
    version: int
    value: Any


class _ToStatus:
    """Gives products another status."""

    new: ClassVar[Product.Status]

    @property
    def request(self) -> Mapping[str, Any]:
        return {}

    def is_meant(self, status: str) -> bool:
        """Say whether a product with this status gets the new one."""
        raise NotImplementedError

    def judge(self, product_ids: Sequence[int], _moment: datetime) -> list[Item]:
        return [
            _item(row, self.new.value, changes=self.is_meant(row.value))
            for row in _rows(product_ids, "status")
        ]

    def carry_out(
        self, operation: Operation, items: Sequence[Item], circumstances: Circumstances
    ) -> None:
        _edit(operation, items, circumstances, {"status": self.new.value})


class Archiving(_ToStatus):
    """Takes products out of the daily lists; their stock stays."""

    what = BulkRun.What.ARCHIVE
    kind = Operation.Kind.PRODUCT_ARCHIVED
    new = ARCHIVED

    @property
    def nothing(self) -> str:
        return _("Archived already. Nothing was changed.")

    def is_meant(self, status: str) -> bool:
        return status != ARCHIVED


class Activating(_ToStatus):
    """Brings archived products back into the lists. A draft stays one."""

    what = BulkRun.What.ACTIVATE
    kind = Operation.Kind.PRODUCT_EDITED
    new = ACTIVE

    @property
    def nothing(self) -> str:
        return _("None of these is archived. Nothing was changed.")

    def is_meant(self, status: str) -> bool:
        return status == ARCHIVED


@dataclass(frozen=True, slots=True)
class Categorising:
    """Sorts products under one category; under none with None."""

    category: Category | None

    what = BulkRun.What.CATEGORISE
    kind = Operation.Kind.PRODUCT_EDITED

    @property
    def request(self) -> Mapping[str, Any]:
        return {"category": self.category.pk if self.category else None}

    @property
    def nothing(self) -> str:
        return _("All of these are in that category already. Nothing was changed.")

    def judge(self, product_ids: Sequence[int], _moment: datetime) -> list[Item]:
        new = self.category.pk if self.category else None
        return [
            _item(row, new, changes=row.value != new)
            for row in _rows(product_ids, "category_id")
        ]

    def carry_out(
        self, operation: Operation, items: Sequence[Item], circumstances: Circumstances
    ) -> None:
        _edit(operation, items, circumstances, {"category": self.category})


def _rows(product_ids: Sequence[int], column: str) -> list[_Row]:
    """Return those that are there; a query per 5,000."""
    return [
        _Row(*row)
        for batch in batches(product_ids)
        for row in Product.objects.filter(pk__in=batch)
        .order_by()
        .values_list("pk", "sku", "name", "version", column)
    ]


def _item(row: _Row, new: Any, *, changes: bool) -> Item:
    return Item(
        row.pk,
        row.sku,
        row.name,
        row.version,
        fate=Fate.CHANGES if changes else Fate.SAME,
        old=row.value,
        new=new if changes else row.value,
    )


def _edit(
    operation: Operation,
    items: Sequence[Item],
    circumstances: Circumstances,
    values: Mapping[str, Any],
) -> None:
    edits = [BulkEdit(item.product_id, item.version, values) for item in items]
    edit_products_in_bulk(operation=operation, edits=edits, circumstances=circumstances)
