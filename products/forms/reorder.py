"""What narrows the reorder list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from products.forms.filters import FilterForm, SearchField
from products.forms.offering import offer

NOBODY = "-"  # in the address: what has no supplier
NAMED = "="  # in front of a supplier's name, which may be any text


class ReorderFilterForm(FilterForm):
    """Reads the filters from an address; what makes no sense counts as not set."""

    find = SearchField(label=_("Search"), required=False)
    by = forms.ChoiceField(label=_("Supplier"), required=False)

    def __init__(self, *args: Any, suppliers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(self.key_of(name), name or _("No supplier")) for name in suppliers]
        offer(self, "by", [("", _("All")), *named])

    @staticmethod
    def key_of(supplier: str) -> str:
        """Return what stands for a supplier in the address."""
        return f"{NAMED}{supplier}" if supplier else NOBODY

    @staticmethod
    def supplier_in(key: str) -> str | None:
        """Return the supplier that stands in the address; None for all."""
        if key == NOBODY:
            return ""
        return key.removeprefix(NAMED) if key.startswith(NAMED) else None

    @property
    def supplier(self) -> str | None:
        """The chosen supplier, "" for those of none; None for all."""
        chosen = self.state.get("by")
        return None if chosen is None else self.supplier_in(chosen)
