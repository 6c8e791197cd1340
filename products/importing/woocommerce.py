"""WooCommerce's product CSV: simple products, and variable ones with variations.

One record per product or variation, columns in any order. Columns not named here are
listed in the report and never stop an import.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.importing.findings import Findings
from products.importing.formats import Format, read_values
from products.importing.made_skus import make_sku
from products.importing.rows import ANY_LOCATION, OPTIONS, ProductRow
from products.importing.woocommerce_cells import Cells, kind_of, prepare
from products.importing.woocommerce_columns import ALIASES, fits, match
from products.importing.woocommerce_parents import (
    INHERITED,
    Parent,
    Parents,
    find_parents,
)
from products.tabular.columns import Columns
from products.tabular.problems import BadCellError
from products.tabular.reading import Record
from products.tabular.woo_csv import split_list

NOT_STOCKED = frozenset({"grouped", "external"})
FIELDS = (
    *("sku", "barcode", "name", "description", "brand", "category", "tags", "status"),
    *("price", "cost", "weight", "image_url", "on_hand", "reorder_point"),
)


def read(
    records: Iterable[Record], columns: Columns, findings: Findings
) -> Iterator[ProductRow]:
    """Yield a row for every simple product and every variation that can be taken.

    Goes over `records` twice, because a parent may come after its variations. What a
    parent says for its variations is kept; one query per 5,000 parents.
    """
    reader = _Reader(columns, findings)
    parents = find_parents(records, columns, findings)
    for record in records:
        row = reader.row(record, parents)
        if row is not None:
            yield row
    parents.note_unused()


class _Reader:
    def __init__(self, columns: Columns, findings: Findings) -> None:
        self._columns = columns
        self._findings = findings
        self._is_said: set[str] = set()

    def row(self, record: Record, parents: Parents) -> ProductRow | None:
        """Return the row of `record`, or None when it gives none."""
        if record.problem is not None:
            self._findings.refuse(record.number, "", "", record.problem)
            return None
        cells = self._columns.pick(record.cells)
        kind = kind_of(cells)
        if kind == "simple":
            return self._simple(record.number, cells)
        if kind == "variation":
            return self._variation(record.number, cells, parents)
        if kind == "variable":
            self._note_losses(record.number, cells)
        elif kind in NOT_STOCKED:
            self._findings.note(record.number, "type", kind, _not_stocked(kind))
        else:
            self._findings.refuse(record.number, "type", kind, _unknown_type())
        return None

    def _simple(self, number: int, cells: Cells) -> ProductRow | None:
        if any(text for field, text in cells.items() if "_value" in field):
            self._say_once(number, "option1", _attributes_left())
        values = self._values(number, cells, FIELDS)
        if values is None:
            return None
        return _row(number, values, values["name"])

    def _variation(
        self, number: int, cells: Cells, parents: Parents
    ) -> ProductRow | None:
        text = cells.get("parent", "")
        parent = parents.find(text)
        if parent is None or parent.group is None:
            error = _lost(parent) if parent else _no_parent(text)
            self._findings.refuse(number, "parent", text, error)
            return None
        parent.is_used = True
        own = {
            field: cell
            for field, cell in cells.items()
            if cell or field not in INHERITED
        }
        options = parent.options(cells)
        values = self._values(number, own | options, (*FIELDS, *options))
        if values is None:
            return None
        values = {**parent.values, **values, "group": parent.group}
        said = [values.get(field, "") for field in OPTIONS]
        return _row(number, values, parent.group.handle, said)

    def _values(
        self, number: int, cells: Cells, fields: Iterable[str]
    ) -> dict[str, Any] | None:
        prepared = prepare(number, cells, self._columns, self._findings)
        values = read_values(prepared, fields, number, self._findings)
        if values is not None:
            self._note_losses(number, cells)
        return values

    def _note_losses(self, number: int, cells: Cells) -> None:
        """Say what a record has that a product of ours can't keep."""
        sale_price = cells.get("sale_price", "")
        if sale_price:
            self._findings.note(number, "sale_price", sale_price, _sale_left())
        if len(split_list(cells.get("image_url", ""))) > 1:
            self._say_once(number, "image_url", _pictures_left())

    def _say_once(self, number: int, field: str, note: str) -> None:
        """Note what holds for the whole file where it is met first."""
        if field not in self._is_said:
            self._is_said.add(field)
            self._findings.note(number, field, "", note)


def _row(
    number: int, values: dict[str, Any], handle: str, options: Sequence[str] = ()
) -> ProductRow:
    sku = values.pop("sku", "")
    quantity = values.pop("on_hand", None)
    return ProductRow(
        record=number,
        sku=sku or make_sku(handle, options),
        is_sku_made=not sku,
        values=values,
        stock={} if quantity is None else {ANY_LOCATION: quantity},
    )


def _not_stocked(kind: str) -> str:
    return {
        "grouped": _("A list of other products; it has no stock and makes none."),
        "external": _("Sold by somebody else; it has no stock and makes no product."),
    }[kind]


def _unknown_type() -> BadCellError:
    return BadCellError(
        _("This type of product is not known."),
        _("Write simple, variable, variation, grouped or external."),
    )


def _no_parent(text: str) -> BadCellError:
    if not text:
        reason = _("A variation without a parent.")
    else:
        reason = _("Neither the file nor the shop has this parent.")
    return BadCellError(reason, _("Write the SKU of its variable product."))


def _lost(parent: Parent) -> BadCellError:
    return BadCellError(
        _("Row %(record)d, the parent, can't be read.") % {"record": parent.record},
        _("Mend that row."),
    )


def _attributes_left() -> str:
    return _("Attributes are kept of variations only, as their options.")


def _sale_left() -> str:
    return _("Sale prices are not kept. The price is the regular one.")


def _pictures_left() -> str:
    return _("Of several pictures, the first is kept. This holds for the whole file.")


FORMAT = Format(
    code="woocommerce",
    label=gettext_lazy("WooCommerce products"),
    aliases=ALIASES,
    required={"name": "Name"},
    match=match,
    fits=fits,
    read=read,
)
