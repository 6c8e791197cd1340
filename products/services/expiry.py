"""Holds whose time is up: a posting lets them go by itself, this tidies the rest."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from products.errors import ProductGone
from products.models import Hold
from products.services.levels import open_stock
from products.services.locking import lock_products

PRODUCTS = 500  # in one transaction


def expire_holds(*, now: datetime | None = None) -> int:
    """Let every hold expire whose time is up; return how many did.

    One short transaction per PRODUCTS products, so that nobody waits long. A product
    that somebody deletes meanwhile had its holds let go by that.
    """
    moment = now or timezone.now()
    rows = Hold.objects.due(moment).order_by("product_id")
    ids = list(rows.values_list("product_id", flat=True).distinct())
    waiting = {pk for pk in ids if pk is not None}
    expired = 0
    while waiting:
        batch = sorted(waiting)[:PRODUCTS]
        try:
            expired += _expire(batch, moment)
        except ProductGone as error:
            waiting -= set(error.product_ids)
        else:
            waiting -= set(batch)
    return expired


@transaction.atomic
def _expire(product_ids: Collection[int], moment: datetime) -> int:
    """Count under the lock: another process may be tidying too."""
    lock_products(product_ids)
    count = Hold.objects.due(moment).filter(product_id__in=product_ids).count()
    open_stock(product_ids, now=moment)
    return count
