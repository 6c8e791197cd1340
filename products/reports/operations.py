"""One operation and what it did, and the list of all of them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Sum,
)

from products.models import DocumentChange, Operation, ProductChange, StockMovement
from products.models.stored import as_stored, sum_stored, to_decimal


@dataclass(frozen=True, slots=True)
class Effects:
    """What an operation moved: units in base units, value in the shop's currency.

    `effective_at` is the business date of late entries, the earliest of several.
    """

    movements: int
    units_in: int
    units_out: int
    value: Decimal | None
    effective_at: datetime | None
    products: int
    documents: int


def find_operation(pk: int) -> Operation | None:
    """Return the operation with what it undoes and what undid it; one query."""
    if pk > BigIntegerField.MAX_BIGINT:  # which a driver could not even send
        return None
    around = (
        *("reverses__bulk_run", "reversed_by", "bulk_run"),
        *("import_run", "import_undo"),
    )
    return (
        Operation.objects.select_related(*around)
        .defer("import_run__report")
        .filter(pk=pk)
        .first()
    )


def effects_of(operation: Operation) -> Effects:
    """Count and add up what the operation did; three queries."""
    moved = operation.movements.aggregate(
        movements=Count("pk"),
        units_in=Sum("delta", filter=Q(delta__gt=0)),
        units_out=Sum("delta", filter=Q(delta__lt=0)),
        value=sum_stored("value_delta"),
        effective_at=Min("effective_at", filter=Q(is_backdated=True)),
    )
    return Effects(
        movements=moved["movements"],
        units_in=moved["units_in"] or 0,
        units_out=-(moved["units_out"] or 0),
        value=to_decimal(moved["value"] or 0),
        effective_at=moved["effective_at"],
        products=operation.changes.count(),
        documents=operation.document_changes.count(),
    )


def movements_by(operation: Operation) -> "QuerySet[StockMovement]":
    """Return the operation's movements with product (or None when gone) and location.

    `stored_value` is the change of value, as it is stored.
    """
    columns = (
        "sku",
        "kind",
        "delta",
        "balance_after",
        "product__name",
        "location__name",
    )
    return (
        StockMovement.objects.filter(operation=operation)
        .select_related("product", "location")
        .only(*columns)
        .annotate(stored_value=as_stored("value_delta"))
    )


def product_changes_by(operation: Operation) -> "QuerySet[ProductChange]":
    """Return what the operation did to products, with those that are there still."""
    changes = ProductChange.objects.filter(operation=operation)
    return changes.select_related("product").only(
        "operation", "sku", "before", "after", "product__name"
    )


def document_changes_by(operation: Operation) -> "QuerySet[DocumentChange]":
    """Return what the operation did to holds, transfers and stocktakes."""
    return DocumentChange.objects.filter(operation=operation)


def all_operations() -> "QuerySet[Operation]":
    """Return every operation, with whether it was undone as `is_undone`."""
    reversals = Operation.objects.filter(reverses=OuterRef("pk"))
    return Operation.objects.annotate(is_undone=Exists(reversals)).select_related(
        "bulk_run", "reverses__bulk_run"
    )


def people_who_acted() -> list[tuple[int, str]]:
    """Return id and name of everybody who ever did something; one query."""
    acted = Exists(Operation.objects.filter(actor=OuterRef("pk")))
    people: QuerySet[Any] = get_user_model()._default_manager.filter(acted)
    return sorted(((person.pk, str(person)) for person in people), key=lambda p: p[1])
