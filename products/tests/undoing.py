"""Undoing imports in tests: the short ways, and the shop row by row to compare."""

from typing import Any

from products.models import (
    Brand,
    Category,
    Location,
    Operation,
    Product,
    ProductGroup,
    StockLevel,
)
from products.services.editing import update_product
from products.services.undo import undo_operation
from products.tests.factories import by, reload
from products.tests.importing.files import import_text

NOT_COMPARED = {"version", "updated_at"}
FIGURES = ("on_hand", "reserved", "value", "shelf", "reorder_point", "reorder_quantity")
NOTHING = (0, 0, 0, "", None, None)
Rows = dict[str, dict[Any, Any]]


def undo(operation: Operation | None) -> Operation:
    assert operation
    return undo_operation(operation_id=operation.pk, circumstances=by("Undoer"))


def imported(text: str, **kwargs: Any) -> Operation:
    operation = import_text(text, **kwargs).run.operation
    assert operation
    return operation


def edit(which: Product, **changes: Any) -> Operation:
    outcome = update_product(
        product_id=which.pk,
        changes=changes,
        seen_version=reload(which).version,
        circumstances=by(),
    )
    assert outcome.operation
    return outcome.operation


def left(undoing: Operation) -> dict[str, tuple[str, list[str]]]:
    """SKU -> outcome and reasons of what the undo left."""
    rows = undoing.import_undo.rows.all()
    return {row.sku or row.name: (row.outcome, row.reasons) for row in rows}


def counts(undoing: Operation) -> tuple[int, int, int]:
    """Restored, kept, not possible."""
    done = undoing.import_undo
    return done.restored_count, done.kept_count, done.impossible_count


def shop_rows() -> Rows:
    """Return every row of catalogue and levels by id.

    A level where nothing is and nothing was arranged is no different from none: it is
    the end of the chain of what was there.
    """
    levels = StockLevel.objects.values_list("product_id", "location_id", *FIGURES)
    return {
        "levels": {
            (product_id, location_id): tuple(figures)
            for product_id, location_id, *figures in levels
            if tuple(figures) != NOTHING
        },
        **{
            model.__name__: _rows(model)
            for model in (Product, Category, Brand, ProductGroup, Location)
        },
    }


def _rows(model: Any) -> dict[int, dict[str, Any]]:
    return {
        row["id"]: {k: v for k, v in row.items() if k not in NOT_COMPARED}
        for row in model.objects.values()
    }
