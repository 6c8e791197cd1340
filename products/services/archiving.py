"""Taking products out of the daily lists without losing them."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import NothingToPost
from products.models import Operation, Product, ProductChange
from products.services.locking import lock_products
from products.services.operations import Circumstances, start_operation

ROWS = 500  # in one UPDATE of a bulk_update


@transaction.atomic
def archive_products(
    *, product_ids: Collection[int], circumstances: Circumstances
) -> Operation:
    """Set the status of every product to archived, as one operation.

    Products that are archived already are left out; NothingToPost when none is left.
    """
    locked = lock_products(product_ids)
    products = [
        product
        for product in locked.values()
        if product.status != Product.Status.ARCHIVED
    ]
    if not products:
        raise NothingToPost(_("Archived already. Nothing was changed."))
    operation, is_new = start_operation(Operation.Kind.PRODUCT_ARCHIVED, circumstances)
    if is_new:
        moment = circumstances.now or timezone.now()
        changes = [_archive(operation, product, moment) for product in products]
        ProductChange.objects.bulk_create(changes, batch_size=ROWS)
        Product.objects.bulk_update(
            products, ["status", "version", "updated_at"], batch_size=ROWS
        )
    return operation


def _archive(operation: Operation, product: Product, moment: datetime) -> ProductChange:
    before = {"status": product.status, "version": product.version}
    product.status = Product.Status.ARCHIVED
    product.version += 1
    product.updated_at = moment
    return ProductChange(
        operation=operation,
        product_id=product.pk,
        sku=product.sku,
        before=before,
        after={"status": product.status, "version": product.version},
    )
