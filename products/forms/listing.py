"""How the list of products is laid out: its order, the length of a page, the place."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, OrderBy
from django.utils.timezone import is_aware
from django.utils.translation import gettext_lazy as _

from products.fields import is_number, is_storable
from products.forms.filters import ListFilterForm
from products.models.stretches import Key, Order, Place, field_of

PAGE_SIZE = 25

# What may stand in the address, its words, and the order; "" is what comes unasked.
SORTS = {
    "": (_("Latest change"), Order("updated_at", is_falling=True)),
    "name": (_("Name, A to Z"), Order("name")),
    "-name": (_("Name, Z to A"), Order("name", is_falling=True)),
    "sku": (_("SKU, A to Z"), Order("sku")),
    "-sku": (_("SKU, Z to A"), Order("sku", is_falling=True)),
    "price": (_("Price, lowest first"), Order("price")),
    "-price": (_("Price, highest first"), Order("price", is_falling=True)),
    "available": (_("Available, fewest first"), Order("available")),
    "-available": (_("Available, most first"), Order("available", is_falling=True)),
}
SIZES = {"": PAGE_SIZE, "50": 50, "100": 100}


class ListingForm(ListFilterForm):
    """Order, page size and place from an address; nonsense counts as not set."""

    sort = forms.ChoiceField(
        label=_("Sort"),
        required=False,
        choices=[(name, words) for name, (words, _order) in SORTS.items()],
    )
    size = forms.ChoiceField(
        label=_("Rows"),
        required=False,
        choices=[(name, str(rows)) for name, rows in SIZES.items()],
    )

    @property
    def order(self) -> Order:
        _words, order = SORTS[self.state.get("sort", "")]
        return order

    @property
    def order_in_words(self) -> str:
        """The order where one is asked for; "" for the usual one."""
        sort = self.state.get("sort", "")
        return str(SORTS[sort][0]) if sort else ""

    @property
    def order_by(self) -> list[OrderBy]:
        """The order of all products at once, never undecided between two."""
        column, pk = F(self.order.column), F("pk")
        if self.order.is_falling:
            return [column.desc(nulls_last=self.order.is_nullable or None), pk.desc()]
        return [column.asc(nulls_last=self.order.is_nullable or None), pk.asc()]

    @property
    def page_size(self) -> int:
        return SIZES[self.state.get("size", "")]

    @property
    def place(self) -> Place:
        """Where the page begins: `after` or `before` in the address, as `key_text`."""
        for name in ("before", "after"):
            key = _read_key(self.data.get(name, ""), self.order)
            if key is not None:
                return Place(key, is_backwards=name == "before")
        return Place()


def key_text(key: Key) -> str:
    """Return a key as it stands in an address: the value, "~", the id."""
    value = key.value.isoformat() if hasattr(key.value, "isoformat") else key.value
    return f"{'' if value is None else value}~{key.pk}"


def _read_key(text: str, order: Order) -> Key | None:
    """Return the key that `text` says; None where it says none of this order."""
    value, _tilde, digits = text.rpartition("~")
    if not is_number(digits):
        return None
    if not value:
        return Key(None, int(digits)) if order.is_nullable else None
    read = _read_value(value, order)
    return None if read is None else Key(read, int(digits))


def _read_value(text: str, order: Order) -> Any:
    field = field_of(order.column)
    field = getattr(field, "output_field", field)  # of a computed column
    if not is_storable(text):
        return None
    try:
        value = field.clean(text, None)
        if isinstance(value, datetime):  # in UTC, as databases are asked: not year 0
            return value.astimezone(UTC) if is_aware(value) else None
    except (ValidationError, ValueError, OverflowError):
        return None
    return value
