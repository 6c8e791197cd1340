"""A product whose every value is as long, large or strange as it may be."""

from decimal import Decimal

from products.models import Brand, Category, Product, ProductGroup
from products.tests.factories import (
    adjust,
    make_category,
    make_location,
    make_product,
    receive,
)

UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten"
MARKUP = "<b>{{ 7*7 }}</b> & =1+1 “Crème brûlée” Ångström 漢字"
MILLION = 1_000_000


def _long(length: int) -> str:
    return f"{MARKUP} {UNBROKEN} "[:length].ljust(length, "ﬃ")


def make_extreme_product() -> Product:
    """In two locations, one of a group, at a cost that makes billions."""
    group = ProductGroup.objects.create(
        name=_long(255), handle="extreme", option1_name=_long(60)
    )
    shared = {"group": group, "category": _deep_category()}
    product = make_product(
        name=_long(255),
        sku=f"X-{UNBROKEN}"[:100].ljust(100, "9"),
        barcode=UNBROKEN.ljust(80, "8")[:80],
        option1=_long(120),
        brand=Brand.objects.create(name=_long(120)),
        description=f"{_long(300)}\n\n{UNBROKEN * 5}",
        tags=_long(300),
        supplier_name=UNBROKEN.ljust(120, "x")[:120],
        price=Decimal("9999999999.99"),
        cost=Decimal("98765.432109"),
        weight=Decimal("999999999.999"),
        reorder_point=2_000_000_000,
        reorder_quantity=2_000_000_000,
        stock=MILLION,
        **shared,
    )
    far = make_location("FAR-AWAY", name=_long(120))
    receive(product, MILLION, cost="98765.432109", location=far)
    adjust(product, -1, reason=_long(200))
    make_product(option1="Plain", name="Plain", price=None, **shared)
    return product


def _deep_category() -> Category:
    category = None
    for depth in range(4):
        category = make_category(f"{UNBROKEN} {depth}", category)
    assert category is not None
    return category
