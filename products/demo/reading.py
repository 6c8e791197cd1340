"""Read the files of `catalogue/`: the shop, its products, and what they start from."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
SHOP_FILE = FOLDER / "catalogue" / "shop.toml"
PATH_SEPARATOR = " > "

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DemoProduct:
    """One SKU of the files, with everything its group says filled in.

    `pace` is units sold in a good week, `weight` grams; `ends` is "low", "out" or
    empty; `options` are values in the order of the group's `option_names`.
    """

    sku: str
    name: str
    description: str
    category: str
    brand: str
    supplier: str
    price: Decimal
    weight: int
    tags: tuple[str, ...]
    reorder_point: int
    reorder_quantity: int
    pace: int
    barcode: str | None = None
    cost: Decimal | None = None
    shelf: str = ""
    picture: str = ""
    status: str = "active"
    ends: str = ""
    options: tuple[str, ...] = ()

    @property
    def picture_file(self) -> Path | None:
        """Where the picture lies; None for a product without one."""
        name = self.picture
        return FOLDER / "pictures" / f"{name}.webp" if name else None


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """A table of the files: one product, or variants that differ in `option_names`."""

    name: str
    option_names: tuple[str, ...]
    products: tuple[DemoProduct, ...]


@dataclass(frozen=True, slots=True)
class DemoEdit:
    """A change of the past: `before` is what the product's columns held until then."""

    sku: str
    days_ago: int
    before: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DemoShop:
    """Everything the files say. `locations` is code -> name, the default first;
    `categories` is path -> icon, parents first; `reasons` is what people write.
    """

    name: str
    people: tuple[str, ...]
    web_shop: str
    locations: Mapping[str, str]
    categories: Mapping[str, str]
    reasons: Mapping[str, Any]
    edits: tuple[DemoEdit, ...]
    groups: tuple[DemoGroup, ...]

    @property
    def products(self) -> Iterator[DemoProduct]:
        return (product for group in self.groups for product in group.products)


def read_shop() -> DemoShop:
    """Return the demo shop; a file with a wrong column raises TypeError."""
    shop = _read(SHOP_FILE)
    groups = [
        _group(table)
        for path in sorted(SHOP_FILE.parent.glob("*.toml"))
        if path != SHOP_FILE
        for table in _read(path)["products"]
    ]
    return DemoShop(
        name=shop["name"],
        people=tuple(shop["people"]),
        web_shop=shop["web_shop"],
        locations={place["code"]: place["name"] for place in shop["locations"]},
        categories=shop["categories"],
        reasons=shop["reasons"],
        edits=tuple(DemoEdit(**edit) for edit in shop["edits"]),
        groups=tuple(groups),
    )


def _read(path: Path) -> Table:
    with path.open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)


def _group(table: Table) -> DemoGroup:
    shared = {name: value for name, value in table.items() if name != "variants"}
    option_names = tuple(shared.pop("options", ()))
    variants = table.get("variants")
    if variants is None:
        return DemoGroup(table["name"], (), (_product(shared),))
    products = [_product(shared | _named(table["name"], row)) for row in variants]
    return DemoGroup(table["name"], option_names, tuple(products))


def _named(group: str, variant: Table) -> Table:
    return {"name": f"{group}, {' / '.join(variant['options'])}"} | variant


def _product(columns: Table) -> DemoProduct:
    lists: Table = {
        name: tuple(columns[name]) for name in ("tags", "options") if name in columns
    }
    return DemoProduct(**columns | lists)
