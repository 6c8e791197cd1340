"""Products that were never made: as many as a trial of scale needs.

Each is a function of its number alone, so a catalogue of any size begins with the same
products, and a batch can be made without those before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from stdnum import ean

CATEGORIES = {
    "Kitchen": ("Mugs", "Bowls", "Plates", "Pans", "Knives", "Boards", "Jugs"),
    "Home": ("Blankets", "Cushions", "Curtains", "Rugs", "Towels", "Sheets"),
    "Apparel": ("Shirts", "Jumpers", "Trousers", "Socks", "Scarves", "Jackets"),
    "Garden": ("Pots", "Tools", "Seeds", "Benches", "Hoses"),
    "Workshop": ("Screws", "Hinges", "Hooks", "Brackets", "Drills", "Files"),
    "Paper": ("Notebooks", "Cards", "Pens", "Envelopes"),
    "Light": ("Lamps", "Bulbs", "Candles", "Cables"),
    "Pets": ("Collars", "Bowls for pets", "Toys", "Beds"),
}
QUALITIES = (
    "Plain", "Fine", "Heavy", "Light", "Folding", "Double", "Small", "Large", "Round",
    "Square", "Classic", "Soft", "Strong", "Narrow", "Wide", "Short", "Long",
)  # fmt: skip
MATERIALS = (
    "oak", "linen", "wool", "cotton", "steel", "brass", "copper", "stoneware", "glass",
    "leather", "cork", "bamboo", "felt", "enamel", "slate", "beech", "jute", "canvas",
    "porcelain",
)  # fmt: skip
COLOURS = (
    "natural", "white", "black", "navy", "rust", "oat", "moss", "clay", "slate blue",
    "mustard", "petrol", "rose", "sand",
)  # fmt: skip
FIRST_HALVES = (
    "Alder", "Birk", "Corn", "Dorn", "Elm", "Fen", "Gorse", "Hazel", "Iris", "Juniper",
    "Kestrel", "Larch", "Mallow", "Nettle", "Osier", "Pine", "Quince", "Rowan", "Sloe",
)  # fmt: skip
SECOND_HALVES = (
    "beck",
    "dale",
    "fold",
    "gate",
    "holm",
    "mere",
    "stead",
    "wick",
    "yard",
)
SIZES = tuple(range(10, 100, 5))
SUBCATEGORIES = tuple(
    (parent, child) for parent, children in CATEGORIES.items() for child in children
)
BRANDS = tuple(first + second for first in FIRST_HALVES for second in SECOND_HALVES)


@dataclass(frozen=True, slots=True)
class SyntheticProduct:
    """One product and its stock: `opening` units came, `sold` of them went."""

    sku: str
    name: str
    category: tuple[str, str]
    brand: str
    barcode: str
    price: Decimal
    cost: Decimal
    weight: int
    reorder_point: int
    opening: int
    sold: tuple[int, ...]


def synthetic_products(first: int, count: int) -> Iterator[SyntheticProduct]:
    """Yield `count` products from number `first` on."""
    return map(synthetic_product, range(first, first + count))


def synthetic_product(number: int) -> SyntheticProduct:
    """Return the product of this number; every other one was sold, twice."""
    # Strides without a common divisor: neighbours differ in every word.
    category = SUBCATEGORIES[number % len(SUBCATEGORIES)]
    quality = QUALITIES[number * 5 % len(QUALITIES)]
    material = MATERIALS[number * 7 % len(MATERIALS)]
    colour = COLOURS[number // 3 % len(COLOURS)]
    size = SIZES[number // 11 % len(SIZES)]
    brand = BRANDS[number * 13 % len(BRANDS)]
    digits = f"2{number:011d}"
    price = Decimal(190 + number * 37 % 24_000) / 100
    opening = 3 + number * 17 % 90
    return SyntheticProduct(
        sku=f"{category[1][:3].upper()}-{brand[:3].upper()}-{number:07d}",
        name=f"{quality} {material} {category[1].lower()}, {size} cm, {colour}",
        category=category,
        brand=brand,
        barcode=digits + ean.calc_check_digit(digits),
        price=price,
        cost=(price * (40 + number % 25) / 100).quantize(Decimal("0.01")),
        weight=20 + number * 29 % 4_000,
        reorder_point=number * 3 % 25,
        opening=opening,
        sold=_sales(number, opening),
    )


def _sales(number: int, opening: int) -> tuple[int, ...]:
    """Return two sales for every other product; some of them take all there is."""
    if number % 2:
        return ()
    first = 1 + opening // 4
    rest = opening - first
    return (first, rest if number % 5 == 0 else 1 + rest // 2)
