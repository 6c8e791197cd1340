"""What keeps the stock of one place from being taken."""

from django.utils import timezone

from products.models import Hold

MOST = 200  # shown at once; nobody goes through more


def open_holds(product_id: int, location_id: int) -> list[Hold]:
    """Return the holds in force, the oldest first, 200 at most; one query."""
    holds = Hold.objects.live(timezone.now()).filter(
        product_id=product_id, location_id=location_id
    )
    return list(holds.order_by("pk")[:MOST])
