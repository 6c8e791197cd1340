"""What an import would do with one record: make a product, change one, or nothing.

Made by `planning` without writing, kept by `staging`, carried out by `applying`
without deciding anything.
"""

from dataclasses import dataclass, field
from typing import Any

from products.importing.comparing import Change

Place = int | str
"""The id of a location, or the name of one that is to be made."""


@dataclass(slots=True)
class PlannedProduct:
    """One product to be made (`product_id` is None), changed, or left as it is.

    `values` is what to set: all fields of a new product, the differing ones of one
    that is there, whose `changes` show old and new. `options` tells variants of one
    name apart: "M / Blue". `stock` is place -> opening stock, or the difference to post
    to the `on_hand` of that place.
    """

    record: int
    sku: str
    name: str
    values: dict[str, Any]
    options: str = ""
    product_id: int | None = None
    version: int = 0
    changes: list[Change] = field(default_factory=list)
    stock: dict[Place, int] = field(default_factory=dict)
    on_hand: dict[Place, int] = field(default_factory=dict)
    is_refused: bool = False

    def leave_out(self, name: str) -> None:
        """Don't set the field `name` after all."""
        self.values.pop(name, None)
        self.changes = [change for change in self.changes if change[0] != name]

    @property
    def does_something(self) -> bool:
        return self.product_id is None or bool(self.values) or bool(self.stock)
