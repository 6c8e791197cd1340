"""Adding products; `editing`, `archiving` and `deleting` are next door.

Each writes the row, the stock that goes with it, and the audit trail as one operation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import FieldRefused, NothingToPost
from products.models import (
    Location,
    Operation,
    Product,
    ProductChange,
    StockMovement,
)
from products.services.inserting import insert_rows
from products.services.ledger import post
from products.services.lines import Line
from products.services.operations import (
    Circumstances,
    start_operation,
)
from products.services.references import settle_brand
from products.services.snapshots import snapshot

ROWS = 2_000  # in one INSERT of a bulk_create


@dataclass(frozen=True, slots=True)
class Opening:
    """The stock a new product starts with, in base units, at its cost."""

    quantity: int
    location_id: int


def check_fields(product: Product) -> None:
    """Raise FieldRefused with every broken rule of the row, constraints included.

    ModelForms skip a constraint when one of its fields is not in the form, so the
    service asks again; about three queries.
    """
    try:
        product.full_clean(exclude=[field.name for field in Product.derived_fields()])
    except ValidationError as error:
        raise FieldRefused(error.message_dict) from error


def save_checked(product: Product, **kwargs: Any) -> None:
    """Save a checked row; a race for a SKU or barcode ends in FieldRefused.

    Between the check and the save somebody else may have taken the code. The unique
    index decides, and asking once more gives the sentence for the loser.
    """
    try:
        with transaction.atomic():
            product.save(**kwargs)
    except IntegrityError:
        check_fields(product)
        raise


@transaction.atomic
def add_product(
    *,
    product: Product,
    circumstances: Circumstances,
    openings: Sequence[Opening] = (),
) -> Product:
    """Store an unsaved product with its opening stock; return the stored one.

    With a known idempotency key the first product comes back. Raises FieldRefused.
    """
    return add_products(
        products=[product],
        circumstances=circumstances,
        openings={0: list(openings)},
    )[0]


@transaction.atomic
def add_products(
    *,
    products: Sequence[Product],
    circumstances: Circumstances,
    openings: Mapping[int, Sequence[Opening]],
) -> list[Product]:
    """Store unsaved products (variants of one form) as one operation.

    `openings` maps the position in `products` to its opening stock. All or nothing:
    raises FieldRefused for the first product with a broken rule.
    """
    operation, is_new = start_operation(Operation.Kind.PRODUCT_ADDED, circumstances)
    if not is_new:
        ids = operation.changes.order_by("pk").values_list("product_id", flat=True)
        found = Product.objects.in_bulk([pk for pk in ids if pk is not None])
        if not found:
            raise NothingToPost(_("This product was added and deleted again since."))
        return [found[pk] for pk in ids if pk in found]
    store_products(operation, products, openings, circumstances)
    return list(products)


def store_products(
    operation: Operation,
    products: Sequence[Product],
    openings: Mapping[int, Sequence[Opening]],
    circumstances: Circumstances,
) -> None:
    """Check and store unsaved products under an operation that is open.

    `openings` as in `add_products`. Raises FieldRefused.
    """
    moment = circumstances.now or timezone.now()
    for product in products:
        product.created_at = product.updated_at = moment
        settle_brand(product)
        check_fields(product)
        save_checked(product, force_insert=True)
    record_additions(operation, products)
    _post_openings(operation, products, openings, circumstances)


@transaction.atomic
def add_products_in_bulk(
    *,
    operation: Operation,
    products: Sequence[Product],
    openings: Mapping[int, Sequence[Opening]],
    circumstances: Circumstances,
) -> None:
    """Store many checked, unsaved products under an operation that is open.

    For imports: the caller has checked every row, the database checks again. A fixed
    number of statements per ROWS products. `openings` as in `add_products`.
    """
    moment = circumstances.now or timezone.now()
    for product in products:
        product.created_at = product.updated_at = moment
    insert_rows(products)
    record_additions(operation, products)
    _post_openings(operation, products, openings, circumstances)


def _post_openings(
    operation: Operation,
    products: Sequence[Product],
    openings: Mapping[int, Sequence[Opening]],
    circumstances: Circumstances,
) -> None:
    lines = [
        opening_line(products[position], opening)
        for position, rows in openings.items()
        for opening in rows
        if opening.quantity
    ]
    post(operation, lines, now=circumstances.now)


def opening_line(product: Product, opening: Opening) -> Line:
    """Return the ledger line of a product's opening stock."""
    return Line(
        product.pk,
        opening.location_id,
        StockMovement.Kind.OPENING,
        delta=opening.quantity,
        unit_cost=product.cost,
    )


def record_additions(operation: Operation, products: Sequence[Product]) -> None:
    """Write the audit rows of products just stored; one statement per ROWS."""
    insert_rows(
        [
            ProductChange(
                operation=operation,
                product_id=product.pk,
                sku=product.sku,
                before=None,
                after=snapshot(product),
            )
            for product in products
        ],
    )


def default_opening(quantity: int) -> list[Opening]:
    """Return `quantity` units at the default location; one query."""
    return [Opening(quantity, Location.objects.get_default().pk)] if quantity else []
