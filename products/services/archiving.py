"""Taking products out of the daily lists without losing them."""

from collections.abc import Collection

from products.models import Operation
from products.services.bulk import change_in_bulk
from products.services.bulk_fields import Archiving
from products.services.operations import Circumstances


def archive_products(
    *, product_ids: Collection[int], circumstances: Circumstances
) -> Operation:
    """Set the status of every product to archived, as one operation.

    For whoever was not shown a plan. Products that are archived already, or gone, are
    left out; NothingToPost when none is left. TooMany; see `change_in_bulk`.
    """
    return change_in_bulk(
        change=Archiving(), product_ids=product_ids, circumstances=circumstances
    )
