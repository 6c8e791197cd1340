"""The ticked rows of a plan to one operation: everything they say, nothing else."""

from collections.abc import Callable, Sequence

from django.db import IntegrityError
from django.db.models import Q

from products.errors import InsufficientStock, InventoryError, ProductGone
from products.importing.comparing import describe
from products.importing.known import KnownProduct, find_products
from products.importing.plan import PlannedProduct
from products.importing.references import References
from products.importing.staged import changed_rows, new_rows, planned_of
from products.models import ImportRow, ImportRun, Operation, Product, StockMovement
from products.services.bulk_editing import (
    BulkEdit,
    EditsOutdated,
    edit_products_in_bulk,
)
from products.services.catalogue import Opening, add_products_in_bulk
from products.services.ledger import post
from products.services.lines import Line
from products.services.operations import Circumstances
from products.services.references import CategoryPaths

Progress = Callable[[int], None]


class PlanOutdated(InventoryError):
    """Somebody changed a field, took a code or sold the stock that the plan needs."""

    code = "plan_outdated"


def apply_rows(
    run: ImportRun,
    *,
    operation: Operation,
    circumstances: Circumstances,
    progress: Progress,
) -> None:
    """Write the ticked rows of `run` under `operation`, in the caller's transaction.

    Edits first, because they may free a barcode that a new product takes. A field that
    somebody else changed since is no obstacle when the plan leaves it alone, and stock
    moves by the planned difference whatever was sold since. `progress` hears how many
    products are written. Memory is that of a batch, and of all rows that claim codes.

    Raises PlanOutdated when the shop no longer is what the plan was made for.
    """
    references = References(operation)
    done = 0
    try:
        for rows in changed_rows(run):
            planned = [planned_of(row) for row in rows]
            _change(planned, references, operation, circumstances)
            done += len(rows)
            progress(done)
        for rows in new_rows(run):
            _add(rows, references, operation, circumstances)
            done += len(rows)
            progress(done)
    except (ProductGone, InsufficientStock, EditsOutdated) as error:
        raise PlanOutdated(error.message) from error
    except IntegrityError as error:  # somebody took a SKU, a barcode or a name
        raise PlanOutdated(str(error)) from error


def _change(
    planned: Sequence[PlannedProduct],
    references: References,
    operation: Operation,
    circumstances: Circumstances,
) -> None:
    references.prepare(planned)
    edits = [
        BulkEdit(each.product_id or 0, each.version, references.resolve(each.values))
        for each in planned
        if each.values
    ]
    try:
        edit_products_in_bulk(
            operation=operation, edits=edits, circumstances=circumstances
        )
    except EditsOutdated:  # perhaps only in fields that the plan leaves alone
        edit_products_in_bulk(
            operation=operation,
            edits=_merged(edits, planned),
            circumstances=circumstances,
        )
    lines = [line for each in planned for line in _differences(each, references)]
    post(operation, lines, now=circumstances.now)


def _merged(
    edits: Sequence[BulkEdit], planned: Sequence[PlannedProduct]
) -> list[BulkEdit]:
    """Return the edits for the versions there are now.

    Raises EditsOutdated naming the products whose own planned fields were changed.
    """
    wanted = Q(pk__in=[edit.product_id for edit in edits])
    found = {product.pk: product for product in find_products(wanted)}
    categories = CategoryPaths()
    stale = [
        each.sku
        for each in planned
        if each.values and _was_changed(each, found[each.product_id or 0], categories)
    ]
    if stale:
        raise EditsOutdated(stale)
    return [
        BulkEdit(edit.product_id, found[edit.product_id].version, edit.values)
        for edit in edits
    ]


def _was_changed(
    planned: PlannedProduct, product: KnownProduct, categories: CategoryPaths
) -> bool:
    """Say whether its SKU, or a field the plan sets, is not what the plan found."""
    if product.sku != planned.sku:
        return True
    now = {
        name: old for name, old, _new in describe(product, planned.values, categories)
    }
    return any(now[name] != old for name, old, _new in planned.changes)


def _add(
    rows: Sequence[ImportRow],
    references: References,
    operation: Operation,
    circumstances: Circumstances,
) -> None:
    planned = [planned_of(row) for row in rows]
    references.prepare(planned)
    products = [
        Product(sku=each.sku, **references.resolve(each.values)) for each in planned
    ]
    add_products_in_bulk(
        operation=operation,
        products=products,
        openings={
            place: [
                Opening(units, references.place(where))
                for where, units in each.stock.items()
            ]
            for place, each in enumerate(planned)
        },
        circumstances=circumstances,
    )


def _differences(planned: PlannedProduct, references: References) -> list[Line]:
    return [
        Line(
            planned.product_id or 0,
            references.place(place),
            StockMovement.Kind.CORRECTION,
            delta=units,
        )
        for place, units in planned.stock.items()
    ]
