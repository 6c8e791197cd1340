"""The columns of the list of products: what there is, in order, and who sees what.

The product itself (picture, name, SKU) and what is available always stand there.
"""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

LABELS = {
    "category": _("Category"),
    "brand": _("Brand"),
    "supplier": _("Supplier"),
    "barcode": _("Barcode"),
    "shelf": _("Shelf"),
    "price": _("Price"),
    "cost": _("Cost"),
    "on_hand": _("On hand"),
    "held": _("Held"),
    "in_transit": _("In transit"),
    "available": _("Available"),
    "reorder_point": _("Reorder point"),
    "updated": _("Changed"),
    "status": _("Stock"),
}
ALWAYS = frozenset({"available"})
USUAL = ("category", "price", "available", "status")
OF_COST = frozenset({"cost"})

# How much room each takes, of what a screen of 1280 pixels has for them.
NUMBERS = frozenset(LABELS) - {
    *("category", "brand", "supplier", "barcode", "shelf", "status", "updated")
}
ROOM = 13
OF_WORDS, OF_NUMBERS = 3, 2

Columns = tuple[str, ...]


def in_order(names: Collection[str], *, sees_cost: bool) -> Columns:
    """Return these columns in their order, with those that are always there.

    What is none, or not for this person, is left out.
    """
    shown = ALWAYS | (set(names) if sees_cost else set(names) - OF_COST)
    return tuple(name for name in LABELS if name in shown)


def named_in(columns: Columns) -> str:
    """Return the names as a template asks for them: “,price,” in “,brand,price,”."""
    return f",{','.join(columns)},"


def are_many(columns: Columns) -> bool:
    """Say whether these need more room than a screen has."""
    room = sum(OF_NUMBERS if name in NUMBERS else OF_WORDS for name in columns)
    return room > ROOM
