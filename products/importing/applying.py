"""A plan to one operation: everything it says, in one transaction."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import transaction

from products.fields import fold_key
from products.importing.plan import Plan, PlannedProduct
from products.importing.rows import GroupRow
from products.models import Brand, Operation, Product, ProductGroup, StockMovement
from products.services.bulk_editing import BulkEdit, edit_products_in_bulk
from products.services.catalogue import Opening, add_products_in_bulk
from products.services.ledger import post
from products.services.lines import Line
from products.services.operations import Circumstances
from products.services.references import CategoryPaths, ensure_brands, ensure_groups

ROWS = 5_000  # products in memory as rows of the database at a time

Progress = Callable[[int], None]


class _References:
    """The categories, brands and groups of a plan, as rows of the database."""

    def __init__(self, plan: Plan, categories: CategoryPaths) -> None:
        values = [planned.values for planned in (*plan.created, *plan.changed)]
        self._categories = categories
        self._categories.ensure(_named(values, "category"))
        self._brands: dict[str, Brand] = ensure_brands(_named(values, "brand"))
        self._groups: dict[str, ProductGroup] = ensure_groups(
            [_new_group(row) for row in _named(values, "group")]
        )

    def resolve(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return `values` with the names of relations replaced by their rows."""
        resolved = dict(values)
        if "category" in values:
            resolved["category"] = self._categories.find(values["category"])
        if "brand" in values:
            resolved["brand"] = self._brands.get(fold_key(values["brand"]))
        if "group" in values:
            group = values["group"]
            resolved["group"] = self._groups[group.key] if group else None
        return resolved


@transaction.atomic
def apply_plan(
    plan: Plan,
    *,
    operation: Operation,
    circumstances: Circumstances,
    categories: CategoryPaths,
    progress: Progress,
) -> None:
    """Write `plan` under `operation`; set `product_id` of what was created.

    Edits first, because they may free a barcode that a new product takes. `progress`
    hears how many products are written. Raises what the services raise when the shop
    has changed since the plan was made: EditsOutdated, ProductGone,
    InsufficientStock, IntegrityError.
    """
    references = _References(plan, categories)
    edits = [
        BulkEdit(each.product_id or 0, each.version, references.resolve(each.values))
        for each in plan.changed
        if each.values
    ]
    edit_products_in_bulk(operation=operation, edits=edits, circumstances=circumstances)
    post(operation, _differences(plan.changed), now=circumstances.now)
    progress(len(plan.changed))
    for start in range(0, len(plan.created), ROWS):
        chunk = plan.created[start : start + ROWS]
        products = [Product(**_row(each, references)) for each in chunk]
        add_products_in_bulk(
            operation=operation,
            products=products,
            openings={
                place: [Opening(units, pk) for pk, units in each.stock.items()]
                for place, each in enumerate(chunk)
            },
            circumstances=circumstances,
        )
        for each, product in zip(chunk, products, strict=True):
            each.product_id = product.pk
        progress(len(plan.changed) + start + len(chunk))


def _row(planned: PlannedProduct, references: _References) -> dict[str, Any]:
    return {"sku": planned.sku, **references.resolve(planned.values)}


def _differences(changed: Sequence[PlannedProduct]) -> list[Line]:
    return [
        Line(
            each.product_id or 0,
            location_id,
            StockMovement.Kind.CORRECTION,
            delta=units,
        )
        for each in changed
        for location_id, units in each.stock.items()
    ]


def _named(values: Iterable[dict[str, Any]], name: str) -> list[Any]:
    """Return what the rows name, once each, in the order of the file."""
    return list(dict.fromkeys(each[name] for each in values if each.get(name)))


def _new_group(row: GroupRow) -> ProductGroup:
    option1, option2, option3 = row.option_names
    return ProductGroup(
        name=row.name,
        handle=row.handle,
        option1_name=option1,
        option2_name=option2,
        option3_name=option3,
    )
