"""What a file says about one product, in one shape for all formats."""

from dataclasses import dataclass, field
from typing import Any

from products.fields import fold_key

VariantKey = tuple[str, str, str, str]  # key of the group's handle, three options
OPTIONS = ("option1", "option2", "option3")
OPTION_NAMES = ("option1_name", "option2_name", "option3_name")
NO_OPTIONS = ("", "", "")
ANY_LOCATION = ""  # the location the person chose for this import


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The group a variant belongs to, as the file names it."""

    handle: str
    name: str
    option_names: tuple[str, str, str] = NO_OPTIONS

    @property
    def key(self) -> str:
        """What two handles share when they are the same group."""
        return fold_key(self.handle)


@dataclass(slots=True)
class Shared:
    """What the variants of one product of a file have in common.

    `known` are the fields in which the first variant that the shop has agrees with the
    file; None until it is found.
    """

    handle_key: str
    known: frozenset[str] | None = None


@dataclass(slots=True)
class ProductRow:
    """One product as the file has it.

    `values` is field -> value for the columns that are there: texts are tidied, "" is
    an emptied text, None an emptied number; `category` is a path (tuple of names),
    `brand` a name, `group` a GroupRow or None. `first_values` count for new products
    only. `stock` is the code or name of a location, as it is written (or ANY_LOCATION)
    -> units on hand, possibly negative. `is_sku_made` says that the file gave none. A
    row that `updates_only` makes no product, and several may be about one product as
    long as each names another location; what it is `found_by` goes before its SKU and
    changes nothing. `shared` is one object for all rows of a product whose fields the
    file gives once.
    """

    record: int
    sku: str
    values: dict[str, Any]
    first_values: dict[str, Any] = field(default_factory=dict)
    stock: dict[str, int] = field(default_factory=dict)
    is_sku_made: bool = False
    updates_only: bool = False
    found_by: VariantKey | None = None
    shared: Shared | None = None

    @property
    def sku_key(self) -> str:
        return fold_key(self.sku)

    @property
    def variant_key(self) -> VariantKey | None:
        """What no two products may share; None for a product without a group."""
        if self.found_by is not None:
            return self.found_by
        group = self.values.get("group")
        if group is None:
            return None
        return (group.key, *(self.values.get(f"option{n}", "") for n in (1, 2, 3)))
