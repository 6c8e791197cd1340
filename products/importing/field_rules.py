"""What blank and bad cells mean, field by field, and which fields hold numbers."""

from typing import Any

from products.tabular.problems import BadCellError
from products.tabular.sheet_damage import SheetDamageError

EMPTY: dict[str, Any] = {
    "barcode": None,
    "category": (),
    "cost": None,
    "on_hand": None,
    "on_hand_list": {},
    "price": None,
    "reorder_point": None,
    "reorder_quantity": None,
    "type": (),
    "weight": None,
    "weight_kg": None,
}
"""What a blank cell means; "" for the fields that are not named."""

NEVER_BLANK = frozenset({"name"})
"""Fields that a blank cell can't empty: the record is refused."""

LEFT_WHEN_BLANK = frozenset({"status"})
"""Fields that a blank cell leaves as they are: there is no empty status."""

CAN_DO_WITHOUT = frozenset({"barcode", "image_url", "picture", "status"})
"""Fields whose bad cell costs the cell, not the record."""

CAN_LOSE = CAN_DO_WITHOUT | {
    *("brand", "category", "description", "supplier_name", "tags", "type")
}
"""Fields whose cell the record can do without when a spreadsheet has damaged it."""

NUMBERS = frozenset(
    {
        *("cost", "on_hand", "price", "reorder_point", "reorder_quantity", "weight"),
        "weight_kg",
    }
)
"""Fields that hold a number; "on_hand:BACK" is a kind of "on_hand"."""


def is_only_cell(name: str, error: BadCellError) -> bool:
    """Say whether `error` in the cell of the field costs the cell, not the record."""
    kept = CAN_LOSE if isinstance(error, SheetDamageError) else CAN_DO_WITHOUT
    return name in kept
