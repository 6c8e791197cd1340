"""One product, and what its page says beside its stock."""

from django.db.models import Q

from products.models import Product, ProductChange
from products.models.product_queries import ProductQuerySet
from products.models.stored import as_stored
from products.reports.listing import as_rows

SHOWN_VARIANTS = 25
SPOILABLE = ("price", "cost", "weight", "created_at", "updated_at")


def with_facts(products: ProductQuerySet) -> ProductQuerySet:
    """Return `products` with category, brand and group, and their numbers as stored.

    The numbers are `shown_price`, `shown_cost` and `shown_weight`; see `stored`.
    """
    whole = products.select_related("category", "brand", "group")
    return whole.defer(*SPOILABLE, "search_text").annotate(
        shown_price=as_stored("price"),
        shown_cost=as_stored("cost"),
        shown_weight=as_stored("weight"),
    )


def variants_of(product: Product) -> ProductQuerySet:
    """Return the products of the same group, itself among them, in order of making.

    Archived ones are left out. Nothing for a product without a group.
    """
    if product.group_id is None:
        return Product.objects.none()
    siblings = ~Q(status=Product.Status.ARCHIVED) | Q(pk=product.pk)
    group = Product.objects.filter(siblings, group_id=product.group_id)
    return as_rows(group).order_by("pk")


def some_variants_of(product: Product) -> tuple[list[Product], bool]:
    """Return up to SHOWN_VARIANTS of the group, and whether there are more.

    The product itself is among them: they begin with it where it would not be shown.
    One query, or two in a group of that many.
    """
    variants = variants_of(product)
    shown = list(variants[: SHOWN_VARIANTS + 1])
    if len(shown) <= SHOWN_VARIANTS:
        return shown, False
    shown = shown[:SHOWN_VARIANTS]
    if product not in shown:
        shown = [*variants.filter(pk=product.pk), *shown[:-1]]
    return shown, True


def last_change(product_id: int) -> ProductChange | None:
    """Return the last entry of the audit trail, with who and when; one query."""
    changes = ProductChange.objects.filter(product_id=product_id)
    return (
        changes.select_related("operation")
        .only("operation__actor_label", "operation__created_at")
        .order_by("-pk")
        .first()
    )
