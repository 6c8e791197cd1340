"""Counts: so many of a product, seen by somebody on a shelf at a moment, once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import DocumentGone, FieldRefused, KeyReused
from products.fields import is_storable
from products.models import (
    MAX_QUANTITY,
    Product,
    StockCount,
    StockLevel,
    Stocktake,
    StocktakeLine,
)
from products.services.locking import lock_stocktake
from products.services.operations import Author
from products.services.stocktakes import State, refuse_unless

NO_AGE = timedelta(0)
SHELF_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Counted:
    """What the counting page knows of one count.

    `code` is what was scanned or typed: a barcode or SKU. `age` is how long ago it was
    counted by the page's own clock, which need not be right for that. `key` makes a
    count that is sent twice the same count.
    """

    code: str
    quantity: int
    key: str
    shelf: str = ""
    age: timedelta = NO_AGE


@transaction.atomic
def record_count(
    *, stocktake_id: int, count: Counted, author: Author, now: datetime | None = None
) -> StockCount:
    """Store a count; a second time, the first one is the answer, whatever came since.

    Its moment is now less its age, and never before the stocktake began. A product
    outside the scope is added to it. Locks the stocktake, then about five statements.

    Raises WrongState when it is not being counted, FieldRefused (at `code`, `quantity`,
    `shelf`), KeyReused when the key belongs to another count.
    """
    stocktake = lock_stocktake(stocktake_id)
    known = StockCount.objects.filter(key=count.key).select_related("line").first()
    if known is not None:
        return _same(known, stocktake, count)
    refuse_unless(stocktake, State.COUNTING)
    _check(count)
    line = _line_of(stocktake, count.code)
    recorded_at = now or timezone.now()
    begun = stocktake.started_at or recorded_at
    counted_at = max(recorded_at - max(count.age, NO_AGE), begun)
    made = StockCount(
        line=line,
        round=line.round,
        quantity=count.quantity,
        shelf=count.shelf.strip(),
        counted_at=min(counted_at, recorded_at),
        recorded_at=recorded_at,
        counted_by_id=author.user.pk if author.user else None,
        counted_by_label=author.label,
        key=count.key,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:  # the key, in another stocktake at this moment
        raise KeyReused(count.key) from error
    forget_confirmation(line)
    return made


def _same(known: StockCount, stocktake: Stocktake, count: Counted) -> StockCount:
    meant = Product.objects.only("pk").find_by_code(count.code)
    is_same = (
        known.line.stocktake_id == stocktake.pk
        and known.quantity == count.quantity
        and known.shelf == count.shelf.strip()
        # A code that is nobody's any more was this product's then.
        and (meant is None or meant.pk == known.line.product_id)
    )
    if not is_same:
        raise KeyReused(count.key)
    return known


def _check(count: Counted) -> None:
    if not 0 <= count.quantity <= MAX_QUANTITY:
        raise FieldRefused(
            {
                "quantity": [
                    _("Count between 0 and %(most)d units.") % {"most": MAX_QUANTITY}
                ]
            }
        )
    shelf = count.shelf.strip()
    if len(shelf) > SHELF_LENGTH or not is_storable(shelf):
        raise FieldRefused({"shelf": [_("This is no shelf code.")]})


def _line_of(stocktake: Stocktake, code: str) -> StocktakeLine:
    product = Product.objects.only("sku", "barcode").find_by_code(code)
    if product is None:
        raise FieldRefused(
            {
                "code": [
                    _("No product has the code “%(code)s”.") % {"code": code.strip()}
                ]
            }
        )
    line = stocktake.lines.filter(product=product).first()
    return line or _add_line(stocktake, product)


def _add_line(stocktake: Stocktake, product: Product) -> StocktakeLine:
    place = {"product_id": product.pk, "location_id": stocktake.location_id}
    level = StockLevel.objects.filter(**place).only("shelf").first()
    line = StocktakeLine(
        stocktake=stocktake,
        sku=product.sku,
        shelf=level.shelf if level else "",
        **place,
    )
    try:
        with transaction.atomic():
            line.save(force_insert=True)
    except IntegrityError as error:
        sentence = _("%(sku)s is in another open count.")
        raise FieldRefused({"code": [sentence % {"sku": product.sku}]}) from error
    return line


@transaction.atomic
def void_count(*, count_id: int) -> StockCount:
    """Take a count back; it stays as evidence. Taken back before, nothing changes.

    Locks the stocktake. Raises WrongState when it is not being counted, DocumentGone.
    """
    owner = StockCount.objects.filter(pk=count_id).values_list("line__stocktake_id")
    stocktake_id = owner.first()
    if stocktake_id is None:
        raise DocumentGone
    stocktake = lock_stocktake(stocktake_id[0])
    count = StockCount.objects.select_related("line").get(pk=count_id)
    if count.is_void:
        return count
    refuse_unless(stocktake, State.COUNTING)
    count.is_void = True
    count.save(update_fields=["is_void"])
    forget_confirmation(count.line)
    return count


def forget_confirmation(line: StocktakeLine) -> None:
    """Withdraw a confirmation: what was confirmed is not what is counted now."""
    if line.confirmed_at is None:
        return
    line.confirmed_at, line.confirmed_by_id = None, None
    line.confirmed_by_label, line.note = "", ""
    line.save(
        update_fields=["confirmed_at", "confirmed_by", "confirmed_by_label", "note"]
    )
