"""Shopify files for export tests, and catalogues for round trips."""

import csv
from decimal import Decimal
from io import StringIO
from typing import Any

from hypothesis import strategies as st

from products.exporting.products import ExportRequest
from products.exporting.registry import EXPORTS
from products.models import Brand, Product, ProductGroup
from products.tests.factories import make_category, make_location, make_product, receive

TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("=+-@'\"\t\r\n ,;<>&\\|＝é\u00a0\u2028"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=30,
)
# What the forms of the shop let through is trimmed, and a name is never blank.
NAME = TEXT.map(str.strip).filter(lambda text: any(map(str.isalnum, text)))
CODE = st.text(alphabet=st.sampled_from("=+-@'ab01 _é"), max_size=10).map(str.strip)
HANDLE = st.text(alphabet=st.sampled_from("=-'abé1"), min_size=1, max_size=5)
MONEY = st.one_of(st.none(), st.decimals(0, 10**6, places=2))


@st.composite
def products(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A few products, alike or not, some of them variants of two groups."""
    names, texts = draw(st.lists(NAME, min_size=2, max_size=2)), st.one_of(TEXT, NAME)
    described = draw(st.lists(texts, min_size=2, max_size=2))
    return [
        {
            "sku": f"{draw(CODE)}{number}",
            "group": draw(st.sampled_from([None, 0, 0, 1])),
            "option1": draw(st.sampled_from(["", str(number), f"='{number} >"])),
            "option3": draw(st.one_of(st.just(""), NAME)),
            "name": draw(st.sampled_from(names)),
            "description": draw(st.sampled_from(described)),
            "tags": draw(TEXT),
            "status": draw(st.sampled_from(Product.Status.values)),
            "image_url": draw(st.sampled_from(["", "https://x.example/1", "no link"])),
            "price": draw(MONEY),
            "cost": draw(MONEY),
            "weight": draw(st.one_of(st.none(), st.decimals(0, 10**6, places=3))),
            "has_brand": draw(st.booleans()),
            "has_category": draw(st.booleans()),
            "stock": draw(st.integers(0, 10**4)),
        }
        for number in range(draw(st.integers(1, 4)))
    ]


def make_catalogue(
    rows: list[dict[str, Any]], *, names: tuple[str, str, str], handle: str
) -> None:
    """Store what `products` drew."""
    brand = Brand.objects.create(name=names[0][:60])
    category = make_category(names[2][:60], make_category(names[1][:60]))
    groups = [
        ProductGroup.objects.create(name=names[0], handle=handle, option1_name="Size"),
        ProductGroup.objects.create(name=names[1], handle="0"),
    ]
    taken = set()
    for row in rows:
        fields = dict(row)
        group = fields.pop("group")
        place = (group, fields["option1"], fields["option3"])
        has_place = group is not None and place not in taken
        taken.add(place)
        make_product(
            group=groups[group] if has_place else None,
            brand=brand if fields.pop("has_brand") else None,
            category=category if fields.pop("has_category") else None,
            **fields,
        )


def make_variants(**fields: Any) -> list[Product]:
    """Three shirts of one group: a small one, a medium one, and one of a product."""
    group = ProductGroup.objects.create(
        name="T-shirt", handle="t-shirt", option1_name="Size", option2_name="Colour"
    )
    shared = {"group": group, "name": "T-shirt", "option2": "Blue", **fields}
    return [
        make_product(sku="TEE-S", option1="S", stock=3, price=Decimal("9.5"), **shared),
        make_product(sku="TEE-M", option1="M", price=None, **shared),
        make_product(sku="HAT 1", name="Hat", description="a < b & c", stock=1),
    ]


def stock_second_location() -> None:
    """Put four small shirts into the back room."""
    receive(Product.objects.get(sku="TEE-S"), 4, location=make_location())


def export(code: str, *, with_cost: bool = True) -> str:
    request = ExportRequest(Product.objects.order_by("name", "pk"), with_cost)
    return b"".join(EXPORTS[code].write(request)).decode()


def records(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))
