"""How long the database takes for the first page of a search, whatever is typed.

Everything it is asked for is counted: the product with just this code, the keys of the
page and its rows, with fetching them. Not the frame around the list, which asks the
same without a search.
"""

from functools import partial

from django.db import connection

from products.benchmarks.comparing import Row, within
from products.models import Product
from products.models.product_queries import ProductQuerySet
from products.models.stretches import Order, Place
from products.reports.product_pages import Asked, ProductPage, product_page

MOST = {"sqlite": 0.010, "postgresql": 0.020, "mysql": 0.060}  # seconds
CODE = 0.001
SIZE = 25
NEWEST = Order("updated_at", is_falling=True)


def measure() -> list[Row]:
    """Return a row for each kind of input, in the shop that is entered."""
    most = MOST[connection.vendor]
    product = Product.objects.order_by("pk")[Product.objects.count() // 3]
    rows = [
        within("search, exact SKU", _search(product.sku), most=CODE),
        within("search, exact barcode", _search(str(product.barcode)), most=CODE),
    ]
    rows += [
        within(f"search, {kind}", _search(text), most=most)
        for kind, text in _inputs(product).items()
    ]
    by_name = _search("oak mugs", Order("name"))
    return [*rows, within("search, two words, by name", by_name, most=most)]


def _inputs(product: Product) -> dict[str, str]:
    digits = product.sku.rpartition("-")[2]
    return {
        "rare word": digits,
        "beginning of a rare word": digits[:-1],
        "two words": "oak mugs",
        "two common words, rarely together": "oak stoneware",
        "common word and rare one": f"oak {digits}",
        "three words": "plain linen navy",
        "common word": "cm",
        "a brand": "alderbeck",
        "one letter, common": "c",
        "one letter, rare": "z",
        "one digit": "7",
        "nothing found": "xylophone",
        "nothing found, common words": "cm xylophone",
    }


def _search(text: str, order: Order = NEWEST) -> partial[ProductPage]:
    def narrow(products: ProductQuerySet) -> ProductQuerySet:
        return products.listed().search(text)

    asked = Asked(order, narrow, ProductQuerySet.listed, text=text)
    return partial(product_page, asked, place=Place(), size=SIZE)
