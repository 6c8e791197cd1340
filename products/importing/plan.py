"""What an import would do: the products to make and to change, and nothing else.

Made by `planning` without writing, carried out by `applying` without deciding.
"""

from dataclasses import dataclass, field
from typing import Any

from products.importing.comparing import Change


@dataclass(slots=True)
class PlannedProduct:
    """One product to be made (`product_id` is None) or changed.

    `values` is what to set: all fields of a new product, the differing ones of one
    that is there, whose `changes` show old and new. `options` tells variants of one
    name apart: "M / Blue". `stock` is location id -> opening
    stock, or the difference to post to the `on_hand` of that location.
    """

    record: int
    sku: str
    name: str
    values: dict[str, Any]
    options: str = ""
    product_id: int | None = None
    version: int = 0
    changes: list[Change] = field(default_factory=list)
    stock: dict[int, int] = field(default_factory=dict)
    on_hand: dict[int, int] = field(default_factory=dict)
    is_refused: bool = False

    def leave_out(self, name: str) -> None:
        """Don't set the field `name` after all."""
        self.values.pop(name, None)
        self.changes = [change for change in self.changes if change[0] != name]

    @property
    def does_something(self) -> bool:
        return self.product_id is None or bool(self.values) or bool(self.stock)


@dataclass(slots=True)
class Plan:
    """Everything an import would do; `unchanged` counts what needs nothing.

    `new_categories` are the paths that have to be made. A plan keeps every row that
    changes something: about 2 KB each.
    """

    created: list[PlannedProduct] = field(default_factory=list)
    changed: list[PlannedProduct] = field(default_factory=list)
    unchanged: int = 0
    new_categories: list[str] = field(default_factory=list)

    @property
    def does_something(self) -> bool:
        return bool(self.created or self.changed)
