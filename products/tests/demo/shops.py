"""A corner of the demo shop, small enough to be loaded in a test."""

from dataclasses import replace

from products.demo.reading import DemoShop, read_shop

CORNER = {
    "MUG-STW-BLU-350",  # a group with one low and one out; edited yesterday
    "BWL-KYO-MAT",
    "RUG-TPP-140",  # bulky
    "STK-LT3-24",
    "BRD-ACA-XL",  # a draft
    "SLT-PIG-CHK",  # archived
    "PAN-CRP-22",  # without cost
}


def small_shop() -> DemoShop:
    """Seven groups of every kind, and the edits that concern them."""
    shop = read_shop()
    groups = [
        group
        for group in shop.groups
        if CORNER.intersection(product.sku for product in group.products)
    ]
    edits = [edit for edit in shop.edits if edit.sku in CORNER]
    return replace(shop, groups=tuple(groups), edits=tuple(edits))
