"""Which products were deleted and may come back."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import BigIntegerField, Q, QuerySet

from products.models import (
    Location,
    Operation,
    Product,
    ProductChange,
    StockLevel,
    StockMovement,
)

# A product also goes when its addition or import is undone.
DELETING = (Operation.Kind.PRODUCT_DELETED, Operation.Kind.UNDONE)


def deletions() -> QuerySet[ProductChange]:
    """Return the changes that removed a product which is gone still, newest first.

    Their operations come along. The kinds are named so that the database starts from
    the few operations, not from the trail of every edit and import.
    """
    return (
        ProductChange.objects.deletions()
        .filter(operation__kind__in=DELETING, operation__reversed_by__isnull=True)
        .select_related("operation")
        .order_by("-pk")
    )


def search_deletions(text: str) -> QuerySet[ProductChange]:
    """Return the deletions of products whose SKU, barcode or name holds `text`."""
    if not text:
        return deletions()
    holds = Q(sku__icontains=text)
    for field in ("name", "barcode"):
        holds |= Q(**{f"before__{field}__icontains": text})
    return deletions().filter(holds)


def last_deletion(product_id: int) -> ProductChange | None:
    """Return the change that removed this product, if it is gone; one query."""
    if product_id > BigIntegerField.MAX_BIGINT:  # which a driver could not even send
        return None
    return deletions().filter(product_id=product_id).first()


@dataclass(frozen=True, slots=True)
class Consequences:
    """What deleting a product does: units written off by place, and what is kept.

    Quantities in base units, `value` in the shop's currency.
    """

    written_off: tuple[tuple[str, int], ...]
    value: Decimal
    movement_count: int
    has_several_locations: bool

    @property
    def units(self) -> int:
        return sum(quantity for _place, quantity in self.written_off)


def consequences(product: Product) -> Consequences:
    """Return what deleting `product` would do now; three queries."""
    levels = list(
        StockLevel.objects.filter(product=product, on_hand__gt=0)
        .select_related("location")
        .order_by("location__priority", "location__name")
    )
    return Consequences(
        written_off=tuple((level.location.name, level.on_hand) for level in levels),
        value=sum((level.value for level in levels), Decimal(0)),
        movement_count=StockMovement.objects.filter(product_id=product.pk).count(),
        has_several_locations=Location.objects.stocked().count() > 1,
    )
