"""How the list of products is laid out: its order and the length of its pages."""

from django import forms
from django.db.models import F, OrderBy
from django.utils.translation import gettext_lazy as _

from products.forms.filters import ListFilterForm

PAGE_SIZE = 25

# What may stand in the address, its words, and the column; "" is what comes unasked.
SORTS = {
    "": (_("Latest change"), F("updated_at").desc()),
    "name": (_("Name, A to Z"), F("name").asc()),
    "-name": (_("Name, Z to A"), F("name").desc()),
    "sku": (_("SKU, A to Z"), F("sku").asc()),
    "-sku": (_("SKU, Z to A"), F("sku").desc()),
    "price": (_("Price, lowest first"), F("price").asc(nulls_last=True)),
    "-price": (_("Price, highest first"), F("price").desc(nulls_last=True)),
    "available": (_("Available, fewest first"), F("available").asc()),
    "-available": (_("Available, most first"), F("available").desc()),
}
SIZES = {"": PAGE_SIZE, "50": 50, "100": 100}


class ListingForm(ListFilterForm):
    """Order and page size from an address; nonsense counts as not set."""

    sort = forms.ChoiceField(
        label=_("Sort"),
        required=False,
        choices=[(name, words) for name, (words, _column) in SORTS.items()],
    )
    size = forms.ChoiceField(
        label=_("Rows"),
        required=False,
        choices=[(name, str(rows)) for name, rows in SIZES.items()],
    )

    @property
    def order(self) -> list[OrderBy]:
        """The order, never undecided between two products."""
        _words, column = SORTS[self.state.get("sort", "")]
        return [column, F("pk").desc() if column.descending else F("pk").asc()]

    @property
    def page_size(self) -> int:
        return SIZES[self.state.get("size", "")]
