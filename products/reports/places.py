"""The locations of the shop, with what stands in each."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum

from products.models import Location, StockLevel
from products.models.stored import sum_stored


def with_stock(*, with_cost: bool) -> QuerySet[Location]:
    """Return the stock locations as `skus`, `units` and `shown_value`; one query.

    Those in use first, the default on top. `shown_value` is left out without
    `with_cost`, and None where nothing ever stood.
    """
    here = StockLevel.objects.filter(location=OuterRef("pk"), on_hand__gt=0)
    grouped = here.order_by().values("location")
    whole = IntegerField()
    sums = grouped.annotate(
        skus=Count("pk"), units=Sum("on_hand"), worth=sum_stored("value")
    )
    figures: dict[str, Subquery] = {
        "skus": Subquery(sums.values("skus"), whole),
        "units": Subquery(sums.values("units"), whole),
    }
    if with_cost:
        figures["shown_value"] = Subquery(sums.values("worth"))
    rows = Location.objects.filter(kind=Location.Kind.STOCK).annotate(**figures)
    return rows.order_by("-is_active", "-is_default", "priority", "name", "pk")
