"""Product.objects.search: the same answers on all three databases."""

import pytest

from products.models import Brand, Product
from products.models.product_queries import WalkedQuerySet
from products.tests.factories import make_product

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop():
    make_product(
        sku="MUG-STW-350", name="Stoneware mug “Bølge”", barcode="5701234567899"
    )
    make_product(
        sku="JMP-ARE-L",
        name="Lambswool jumper “Åre”, L / Oat",
        brand=Brand.objects.create(name="Höst & Co"),
    )
    make_product(sku="PCT-1", name="100% wool_mix \\ O'Neill")


@pytest.mark.parametrize(
    ("text", "skus"),
    [
        ("", ["JMP-ARE-L", "MUG-STW-350", "PCT-1"]),
        ("mug", ["MUG-STW-350"]),
        ("STW", ["MUG-STW-350"]),
        ("mug-stw-350", ["MUG-STW-350"]),
        ("5701234567899", ["MUG-STW-350"]),
        ("are jum", ["JMP-ARE-L"]),
        ("ÅRE", ["JMP-ARE-L"]),
        ("jumper mug", []),
        ("jumper - oat", ["JMP-ARE-L"]),
        ("host jump", ["JMP-ARE-L"]),
        ("& co", ["JMP-ARE-L"]),
        ("ug", []),
        ("100%", ["PCT-1"]),
        ("%", []),
        ("_", []),
        ("wool_mix", ["PCT-1"]),
        ("\\", ["PCT-1"]),
        ("o'ne", ["PCT-1"]),
    ],
)
def test_every_word_begins_a_word(text, skus):
    found = Product.objects.search(text).order_by("sku")
    assert [product.sku for product in found] == skus
    walked = WalkedQuerySet(Product).search(text).order_by("sku")
    assert [product.sku for product in walked] == skus
