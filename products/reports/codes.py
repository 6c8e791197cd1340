"""Which products people mean by what they scan or type."""

from products.fields import is_storable
from products.models import Product


def products_matching(text: str, limit: int) -> list[Product]:
    """Return the product with this code, alone, else those that a search finds.

    At most `limit`; none for no text. Archived products only by their code. One or
    two queries, and one for the categories.
    """
    wanted = text.strip()
    if not wanted or not is_storable(wanted):
        return []
    products = Product.objects.select_related("category")
    product = products.find_by_code(wanted)
    if product is not None:
        return [product]
    return list(products.listed().search(wanted).order_by("name", "pk")[:limit])
