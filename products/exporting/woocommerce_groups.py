"""Groups as variable products of WooCommerce: what they say for their variations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from products.models import Product, ProductGroup
from products.services.references import CategoryPaths
from products.tabular.html_text import html_of_text
from products.tabular.woo_csv import (
    attribute_names,
    encode_name,
    escape_code,
    join_list,
    join_path,
    write_breaks,
)
from products.tabular.writing import escape_formula

OPTIONS = ("option1", "option2", "option3")
SHARED = ("description", "category", "tags", "image_url", "brand")
"""Fields that a shop there shows of the variable product, not of its variations."""

PUBLISHED = {Product.Status.ACTIVE.value: "1", Product.Status.DRAFT.value: "-1"}
"""Archived is neither: a blank hides a product there, and changes nothing here."""

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Family:
    """How the variations of a group are written.

    `names` are those of its attributes, `shared` the fields in which all are the same:
    the variable product has them, and a variation leaves its own cell blank.
    """

    parent: str
    names: tuple[str, ...]
    shared: frozenset[str]

    def complete(self, cells: Cells, product: Product) -> None:
        """Make a variation of the cells of a product."""
        cells.update(dict.fromkeys(self.shared, ""))
        cells.update(type="variation", parent=self.parent)
        values = (getattr(product, option) for option in OPTIONS)
        for number, (name, value) in enumerate(
            zip(self.names, values, strict=False), start=1
        ):
            cells.update(_attribute(number, name, [value]))


def shared_cells(product: Product, paths: CategoryPaths) -> Cells:
    """Return the cells of SHARED, safe in a spreadsheet."""
    tags = (tag.strip() for tag in product.tags.split(","))
    texts = {
        "description": write_breaks(html_of_text(product.description)),
        "category": join_list([join_path(paths.path_of(product.category_id))]),
        "tags": join_list(encode_name(tag) for tag in tags if tag),
        "image_url": join_list([product.image_url]),
        "brand": join_list([encode_name(product.brand.name)]) if product.brand else "",
    }
    return {field: escape_formula(text) for field, text in texts.items()}


def variable_product(
    group: ProductGroup, variants: Iterable[Product], paths: CategoryPaths
) -> tuple[Cells, Family]:
    """Return the cells of `group`, whose `variants` are all there are, and its family.

    A field in which they differ gets the value of the first, but none where one of
    them is blank: a variation without a value takes that of its parent.
    """
    parent = escape_code(group.handle)
    values: dict[str, dict[str, None]] = {option: {} for option in OPTIONS}
    texts: dict[str, dict[str, None]] = {field: {} for field in SHARED}
    statuses = set()
    for variant in variants:
        statuses.add(PUBLISHED.get(variant.status, ""))
        for option in OPTIONS:
            values[option][getattr(variant, option)] = None
        for field, text in shared_cells(variant, paths).items():
            texts[field][text] = None
    names = _names(group, values)
    cells = {
        "type": "variable",
        "sku": parent,
        "name": escape_formula(group.name or group.handle),
        "status": next((each for each in ("1", "-1") if each in statuses), ""),
    }
    for field, found in texts.items():
        cells[field] = "" if "" in found else next(iter(found), "")
    for number, name in enumerate(names, start=1):
        cells.update(_attribute(number, name, values[f"option{number}"]))
    shared = frozenset(field for field, found in texts.items() if len(found) == 1)
    return cells, Family(parent, tuple(names), shared)


def _names(group: ProductGroup, values: Mapping[str, Mapping[str, None]]) -> list[str]:
    """Return the names of the attributes, as many as the group has options."""
    names = [group.option1_name, group.option2_name, group.option3_name]
    while names and not names[-1] and not any(values[f"option{len(names)}"]):
        names.pop()
    return attribute_names(names)


def _attribute(number: int, name: str, values: Iterable[str]) -> Cells:
    listed = join_list(encode_name(value) for value in values if value)
    return {
        f"attribute{number}_name": escape_formula(name),
        f"attribute{number}_value": escape_formula(listed),
    }
