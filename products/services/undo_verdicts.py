"""What undoing an import does to one of its products, and why not more."""

from dataclasses import dataclass, field
from enum import StrEnum

from products.models import Product
from products.services.lines import Line
from products.services.snapshots import Snapshot


class Outcome(StrEnum):
    """What becomes of a product; of several, the one that asks for most attention."""

    RESTORED = "restored"
    KEPT = "kept"
    IMPOSSIBLE = "impossible"


@dataclass(slots=True)
class Verdict:
    """An added product `goes` or stays whole; of another one each field and each place
    is decided by itself.

    `new` and `old` map the fields that get their value back to the value they have and
    the one they get, as JSON; `product` is loaded where there are such fields.
    `lines` are what is posted. `version` is 0 when the product is gone, `change_id` its
    entry in the trail. `kept` and `impossible` are sentences.
    """

    product_id: int
    sku: str
    name: str
    version: int = 0
    change_id: int | None = None
    goes: bool = False
    product: Product | None = None
    new: Snapshot = field(default_factory=dict)
    old: Snapshot = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    impossible: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        if self.impossible:
            return Outcome.IMPOSSIBLE
        return Outcome.KEPT if self.kept else Outcome.RESTORED

    @property
    def does_something(self) -> bool:
        return self.goes or bool(self.old) or bool(self.lines)

    @property
    def reasons(self) -> list[str]:
        return [*self.impossible, *self.kept]
