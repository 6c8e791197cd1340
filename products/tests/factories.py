"""Typed builders for tests. Stock is received through the services, never set."""

from decimal import Decimal
from itertools import count
from typing import Any

from products.models import (
    Brand,
    Category,
    Location,
    Operation,
    Product,
    ProductGroup,
    StockMovement,
)
from products.services.catalogue import (
    Opening,
    add_product,
    add_products_in_bulk,
)
from products.services.goods import Received, receive_goods
from products.services.operations import Author, Circumstances, start_operation
from products.services.stock import Place, adjust_stock

_numbers = count(1)


def by(label: str = "Tess Tester", **kwargs: Any) -> Circumstances:
    """Circumstances of somebody acting on the site."""
    return Circumstances(author=Author(label, Operation.Source.SITE), **kwargs)


def make_location(
    code: str = "BACK", name: str = "Back room", **fields: Any
) -> Location:
    return Location.objects.create(code=code, name=name, **fields)


def make_category(name: str = "Mugs", parent: Category | None = None) -> Category:
    return Category.objects.create(name=name, parent=parent)


def make_group(*option_names: str, name: str = "Mug") -> ProductGroup:
    names = {f"option{n}_name": text for n, text in enumerate(option_names, 1)}
    return ProductGroup.objects.create(name=name, handle=f"g-{next(_numbers)}", **names)


def make_product(
    *,
    stock: int = 0,
    location: Location | None = None,
    circumstances: Circumstances | None = None,
    **fields: Any,
) -> Product:
    """A product with opening stock at the default location (or `location`)."""
    number = next(_numbers)
    fields.setdefault("sku", f"SKU-{number}")
    fields.setdefault("name", f"Product {number}")
    fields.setdefault("price", Decimal("9.90"))
    place = location or Location.objects.get_default()
    product = add_product(
        product=Product(**fields),
        circumstances=circumstances or by(),
        openings=[Opening(stock, place.pk)],
    )
    return reload(product)


def add_many(count: int) -> Operation:
    """Products S0, S1 … with five units each, added by one operation."""
    main = Location.objects.get_default().pk
    operation, _is_new = start_operation(Operation.Kind.PRODUCT_ADDED, by())
    add_products_in_bulk(
        operation=operation,
        products=[Product(sku=f"S{n}", name=f"Mug {n}") for n in range(count)],
        openings={n: [Opening(5, main)] for n in range(count)},
        circumstances=by(),
    )
    return operation


def place_of(product: Product, location: Location | None = None) -> Place:
    return Place(product.pk, (location or Location.objects.get_default()).pk)


def receive(
    product: Product,
    quantity: int,
    *,
    cost: str | None = None,
    location: Location | None = None,
    circumstances: Circumstances | None = None,
) -> Operation:
    place = place_of(product, location)
    unit_cost = None if cost is None else Decimal(cost)
    return receive_goods(
        lines=[Received(product.pk, quantity, unit_cost)],
        location_id=place.location_id,
        circumstances=circumstances or by(),
    )


def adjust(product: Product, delta: int, **kwargs: Any) -> Operation:
    return adjust_stock(
        place=place_of(product, kwargs.pop("location", None)),
        kind=kwargs.pop("kind", StockMovement.Kind.CORRECTION),
        delta=delta,
        circumstances=by(**kwargs),
    )


def reload(product: Product) -> Product:
    """The row as the database has it now, generated columns included."""
    return Product.objects.get(pk=product.pk)


def make_shop() -> Product:
    """A little of everything a page may show; return the product with most of it.

    A tree, a brand, two locations, variants, and products that are low, out, drafts,
    or without a price, a cost or a category.
    """
    mugs = make_category("Mugs & cups", make_category("Kitchen"))
    group = ProductGroup.objects.create(name="Mug “Bølge”", handle="mug-bolge")
    shared = {"group": group, "category": mugs, "supplier_name": "Keramik ApS"}
    product = make_product(
        name="Stoneware mug “Bølge”, 350 ml, speckled blue",
        option1="Speckled blue",
        brand=Brand.objects.create(name="Værksted Nord"),
        barcode="5701234567899",
        cost=Decimal("5.90"),
        weight=Decimal(380),
        tags="stoneware, gift",
        description="Thrown by hand.\n\nNo two are alike.",
        reorder_point=36,
        reorder_quantity=96,
        stock=128,
        **shared,
    )
    receive(product, 12, cost="6", location=make_location())
    adjust(product, -1, kind=StockMovement.Kind.DAMAGED, reason="chipped handle")
    make_product(option1="Rust", reorder_point=9, stock=9, **shared)
    make_product(option1="Oat", **shared)
    make_product(name="A draft", price=None, status=Product.Status.DRAFT)
    return reload(product)
