"""Any catalogue the shop lets people make, for property tests."""

from typing import Any

from django.core.exceptions import ValidationError
from hypothesis import strategies as st

from products.fields import validate_barcode
from products.models import Brand, Location, Product, ProductGroup
from products.tests.factories import (
    make_category,
    make_location,
    make_product,
    receive,
)

# Blanks, quotes, delimiters, formulas, what XML or a spreadsheet gives a meaning to.
TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("=+-@'\"\t\r\n ,;>\\|<&＝é\u00a0"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=30,
) | st.sampled_from(["=1+1", "'=1", "_x000D_", "]]>", "&amp;", "12,5", "1E5", "TRUE"])
# What the forms of the shop let through is trimmed, and a name is never blank.
LINE = TEXT.map(str.strip)
NAME = LINE.filter(lambda text: any(map(str.isalnum, text)))
CODE = st.text(st.sampled_from("=+-@'#ab01Ø"), min_size=1, max_size=10)
MONEY = st.none() | st.decimals(0, 10**9, places=2)

LOOKALIKE = "LOOKALIKE"


def _is_barcode(text: str) -> bool:
    try:
        validate_barcode(text)
    except ValidationError:
        return False
    return True


BARCODE = st.text(st.sampled_from("=+-@'0123456789x"), min_size=1, max_size=20) | (
    st.sampled_from(["4006381333931", "012345678905", "00012345678905", "9" * 25])
)
PRODUCT = st.fixed_dictionaries(
    {
        "sku": CODE,
        "name": NAME,
        "description": TEXT,
        "tags": LINE,
        "supplier_name": LINE,
        "barcode": st.none() | BARCODE.filter(_is_barcode),
        "price": MONEY,
        "cost": st.none() | st.decimals(0, 10**6, places=6),
        "weight": st.none() | st.decimals(0, 10**8, places=3),
        "status": st.sampled_from(Product.Status.values),
        "reorder_point": st.none() | st.integers(0, 10**6),
        "reorder_quantity": st.none() | st.integers(0, 10**6),
        "image_url": st.sampled_from(["", "https://example.com/a b.jpg?x=1&y=<2>"]),
        "option2": LINE,
        "option3": LINE,
    }
)
CATALOGUE = st.fixed_dictionaries(
    {
        "products": st.lists(
            PRODUCT,
            min_size=1,
            max_size=3,
            unique_by=(lambda one: one["barcode"] or id(one),),
        ),
        "grouped": st.integers(0, 3),
        "names": st.tuples(NAME, NAME, NAME, NAME),
        "option_names": st.tuples(NAME, LINE, LINE),
        "stock": st.tuples(st.integers(0, 10**4), st.integers(0, 10**4)),
        "has_two_locations": st.booleans(),
    }
)


def make_catalogue(drawn: dict[str, Any]) -> None:
    """Make what CATALOGUE has drawn."""
    root, below, brand_name, group_name = drawn["names"]
    category = make_category(below[:100], make_category(root[:100]))
    brand = Brand.objects.create(name=brand_name[:100])
    first, second, third = drawn["option_names"]
    group = ProductGroup.objects.create(
        name=group_name,
        handle="group",
        option1_name=first,
        option2_name=second,
        option3_name=third,
    )
    back = make_location(code="BACK") if drawn["has_two_locations"] else None
    for place, fields in enumerate(drawn["products"]):
        in_group = place < drawn["grouped"]
        product = make_product(
            **fields
            | {"sku": f"{fields['sku']}{place}"}
            | ({} if in_group else {"option2": "", "option3": ""}),
            option1=str(place) if in_group else "",
            group=group if in_group else None,
            category=category if place else None,
            brand=brand if in_group else None,
            stock=drawn["stock"][0],
        )
        if back and drawn["stock"][1]:
            receive(product, drawn["stock"][1], location=back)
    assert Location.objects.stocked().count() == 1 + drawn["has_two_locations"]


def make_shop_with_everything() -> None:
    """Make a product for each thing that spreadsheets are known to do to a cell."""
    back = make_location(code="BACK")
    kitchen = make_category("2 > 1 cups", make_category("Kitchen"))
    group = ProductGroup.objects.create(
        name="Mug", handle="mug", option1_name="Size", option2_name="Colour"
    )
    make_product(sku="00123", name="Zeros in front", barcode="012345678905")
    make_product(sku="1E5", name="No power of ten", barcode="9" * 25)
    make_product(sku="12-03", name="No date", tags="3/4, 1-2", weight="0.125")
    make_product(sku="TRUE", name="No truth", price="12.50", cost="3.333333")
    for number, text in enumerate(["=1+1", "@SUM(1,1)", "+49 30 1", "-1", "'quoted'"]):
        make_product(sku=f"{text}/{number}", name=text, description=f"\t{text}")
    make_product(sku="LINES", name="Lines", description="one\r\ntwo\n\nthree, “four”;")
    make_product(sku=LOOKALIKE, name="A text that looks like an escape: _x000D_")
    make_product(sku="SIGNS", name="<b>&amp; ]]> 漢 🍵 e\u0301 \u00a0x")
    mug = make_product(
        sku="MUG-M",
        name="Mug",
        group=group,
        option1="M",
        option2="Øl",
        category=kitchen,
        brand=Brand.objects.create(name="=Bølge"),
        reorder_point=0,
        stock=7,
    )
    receive(mug, 1_000_000, location=back)
