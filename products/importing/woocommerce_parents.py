"""Variable products of WooCommerce's CSV: what they say for their variations."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from products.fields import fold_key
from products.importing.fields import READERS, tidy_line
from products.importing.findings import Findings
from products.importing.formats import read_values
from products.importing.made_skus import make_sku
from products.importing.refusals import same_sku
from products.importing.rows import NO_OPTIONS, OPTION_NAMES, GroupRow
from products.importing.woocommerce_cells import Cells, attributes, kind_of, prepare
from products.models import ProductGroup
from products.tabular.columns import Columns
from products.tabular.problems import BadCellError
from products.tabular.reading import Record
from products.tabular.woo_csv import OPTIONS, attribute_key, unescape_code

INHERITED = (
    *("name", "description", "brand", "category", "tags", "image_url", "weight"),
    "reorder_point",
)
"""Fields that a variation takes from its parent where its own cell is blank."""
BATCH = 5_000  # keys in one statement

Names = dict[str, str]  # key of an attribute -> its name


@dataclass(eq=False)
class Parent:
    """A variable product; `group` is None when it can't be read.

    `record` is 0 for one that only the shop has. `slots` is the key of an attribute ->
    the place of its option, 0 to 2.
    """

    record: int
    group: GroupRow | None
    values: dict[str, Any] = field(default_factory=dict)
    attributes: Names = field(default_factory=dict)
    slots: dict[str, int] = field(default_factory=dict)
    is_used: bool = False

    def options(self, cells: Cells) -> dict[str, str]:
        """Return the options of a variation, as cells; none where no column is.

        Attributes that share the last option stand in it side by side.
        """
        if not any("_name" in name for name in cells):
            return {}
        found = attributes(cells)
        texts: list[list[str]] = [[] for _number in range(OPTIONS)]
        for key, slot in self.slots.items():
            value = found[key][1] if key in found else ""
            texts[slot] += [value] if value else []
        return {f"option{n}": " / ".join(text) for n, text in enumerate(texts, start=1)}


class Parents:
    """The variable products of a file, and those of the shop that it refers to."""

    def __init__(self, columns: Columns, findings: Findings) -> None:
        self._columns = columns
        self._findings = findings
        self._parents: list[Parent] = []
        self._by_key: dict[str, Parent] = {}
        self._used: dict[str, Names] = {}

    def find(self, text: str) -> Parent | None:
        """Return what a cell refers to: a SKU in any case, or "id:123"."""
        return self._by_key.get(_key(text))

    def note_unused(self) -> None:
        """Say which ones made no product, because they have no variation."""
        note = _("A variable product without variations makes no product.")
        for parent in self._parents:
            if parent.group and not parent.is_used:
                self._findings.note(parent.record, "type", "variable", note)

    def take(self, number: int, cells: Cells) -> None:
        """Look at a record of the file."""
        kind = kind_of(cells)
        if kind == "variable":
            self._take_parent(number, cells)
        elif kind == "variation":
            used = self._used.setdefault(_key(cells.get("parent", "")), {})
            for key, (name, _value) in attributes(cells).items():
                used.setdefault(key, name)

    def finish(self) -> None:
        """Settle the options of every group, when the whole file was looked at."""
        groups = _shop_groups({*self._by_key, *self._used})
        used: dict[Parent, Names] = {}
        for key, names in self._used.items():
            parent = self._by_key.get(key)
            if parent is None and key in groups:
                parent = self._by_key[key] = Parent(0, _group_row(groups[key]))
            if parent is not None:
                used.setdefault(parent, {}).update(names)
        for parent, names in used.items():
            self._settle(parent, names, groups)
        self._used.clear()

    def _take_parent(self, number: int, cells: Cells) -> None:
        prepared = prepare(number, cells, self._columns, self._findings)
        fields = (*INHERITED, "on_hand")
        values = read_values(prepared, fields, number, self._findings)
        sku, key = unescape_code(cells.get("sku", "")), _key(cells.get("sku", ""))
        if key in self._by_key:
            error = same_sku(self._by_key[key].record)
            self._findings.refuse(number, "sku", sku, error)
            return
        parent = Parent(number, None, values or {})
        units = parent.values.pop("on_hand", None)
        if units:
            self._findings.note(number, "on_hand", str(units), _stock_left())
        parent.attributes = {key: name for key, (name, _) in attributes(cells).items()}
        number_there = cells.get("id", "")
        if values is not None and (sku or number_there):
            name = values.get("name", "")
            handle = sku or make_sku(name, [number_there]).lower()
            parent.group = self._read_group(number, handle, name)
        self._parents.append(parent)
        for name in filter(None, (key, number_there and f"id:{number_there}")):
            self._by_key.setdefault(name, parent)

    def _read_group(self, number: int, handle: str, name: str) -> GroupRow | None:
        try:
            return GroupRow(READERS["group_handle"](handle), name)
        except BadCellError as error:
            self._findings.refuse(number, "sku", handle, error)
            return None

    def _settle(
        self, parent: Parent, used: Names, groups: Mapping[str, ProductGroup]
    ) -> None:
        """Give each attribute of the variations its option.

        Names that the group of the shop has keep their places; the others take those
        that are left, in the order of the parent.
        """
        if parent.group is None:
            return
        names = {key: name for key, name in parent.attributes.items() if key in used}
        names |= used
        known = groups.get(parent.group.key)
        parent.slots = _slots(names, _option_names(known) if known else NO_OPTIONS)
        if known is None:
            self._name_options(parent, names)

    def _name_options(self, parent: Parent, names: Names) -> None:
        """Name the options of a new group."""
        cells = {
            field: " / ".join(names[key] for key in names if parent.slots[key] == slot)
            for slot, field in enumerate(OPTION_NAMES)
        }
        read = read_values(cells, OPTION_NAMES, parent.record, self._findings)
        if read is None or parent.group is None:
            parent.group = None
            return
        first, second, third = (read[field] for field in OPTION_NAMES)
        parent.group = replace(parent.group, option_names=(first, second, third))
        if len(names) > OPTIONS:
            self._findings.note(
                parent.record, "option3_name", ", ".join(names.values()), _too_many()
            )


def find_parents(
    records: Iterable[Record], columns: Columns, findings: Findings
) -> Parents:
    """Return the parents in `records`, which are read to the end.

    One query per 5,000 keys. Refuses the parents that can't be read.
    """
    parents = Parents(columns, findings)
    for record in records:
        if record.problem is None:
            parents.take(record.number, columns.pick(record.cells))
    parents.finish()
    return parents


def _key(text: str) -> str:
    return fold_key(tidy_line(unescape_code(text)))


def _shop_groups(keys: Collection[str]) -> dict[str, ProductGroup]:
    wanted = iter(keys)
    groups: dict[str, ProductGroup] = {}
    while batch := list(islice(wanted, BATCH)):
        rows = ProductGroup.objects.filter(handle_key__in=batch)
        groups.update({group.handle_key: group for group in rows})
    return groups


def _option_names(group: ProductGroup) -> tuple[str, str, str]:
    return (group.option1_name, group.option2_name, group.option3_name)


def _group_row(group: ProductGroup) -> GroupRow:
    return GroupRow(group.handle, group.name, _option_names(group))


def _slots(names: Names, known: Sequence[str]) -> dict[str, int]:
    """Return the place of each name, 0 to 2, in the order of `names`."""
    free = list(range(OPTIONS))
    slots: dict[str, int] = {}
    for slot, name in enumerate(known):
        key = attribute_key(name)
        if key in names and key not in slots:
            slots[key] = slot
            free.remove(slot)
    for key in names:
        if key not in slots:
            slots[key] = free.pop(0) if free else OPTIONS - 1
    return {key: slots[key] for key in names}


def _stock_left() -> str:
    return _(
        "This stock is kept for all variations together, and here each has its own. It"
        " was not taken: count the variations."
    )


def _too_many() -> str:
    return _("A product has three options here. The third one holds all the others.")
