"""What narrows the list of movements."""

from typing import Any

from django import forms
from django.db.models import BigIntegerField, QuerySet
from django.utils.translation import gettext_lazy as _

from products.forms.days import DayField, on_days
from products.forms.filters import FilterForm, SearchField
from products.models import Operation, StockMovement
from products.reports.movement_history import of_products_like

COLUMNS = {
    "kind": "kind",
    "person": "operation__actor_label",
    "location": "location_id",
    "source": "operation__source",
    "product": "owner_id",
}


class MovementFilterForm(FilterForm):
    """Reads the filters from an address; what makes no sense counts as not set.

    `since` and `until` are business dates, both inclusive. `product` is the id of one
    product, which may be gone.
    """

    find = SearchField(label=_("SKU, barcode or name"), required=False)
    product = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=BigIntegerField.MAX_BIGINT,
        widget=forms.HiddenInput,
    )
    kind = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[("", _("Everything")), *StockMovement.Kind.choices],
    )
    location = forms.ChoiceField(label=_("Location"), required=False)
    person = SearchField(label=_("Who"), required=False, widget=forms.Select)
    source = forms.ChoiceField(
        label=_("From"),
        required=False,
        choices=[("", _("Anywhere")), *Operation.Source.choices],
    )
    since = DayField(label=_("Since"))
    until = DayField(label=_("Until"))

    def __init__(
        self,
        *args: Any,
        people: list[str],
        places: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        """Offer `people` by name, not only these count, and `places` as (id, name)."""
        super().__init__(*args, **kwargs)
        asked = self.data.get("person", "")
        names = people if not asked or asked in people else [*people, asked]
        self.fields["person"].widget.choices = [
            ("", _("Everybody")),
            *((name, name) for name in names),
        ]
        self.fields["location"].choices = [  # type: ignore[attr-defined]
            ("", _("All")),
            *((str(pk), name) for pk, name in places),
        ]

    def narrow(self, movements: "QuerySet[Any]") -> "QuerySet[Any]":
        """Return the movements that fit what is set; two queries for a search."""
        state: dict[str, Any] = dict(self.state)
        for name, column in COLUMNS.items():
            if name in state:
                movements = movements.filter(**{column: state[name]})
        since, until = state.get("since"), state.get("until")
        if since or until:
            # Named both, so that the index of business dates can be read.
            movements = movements.filter(is_backdated__in=[False, True])
        movements = on_days(movements, "effective_at", since=since, until=until)
        if "find" in state:
            movements = of_products_like(movements, state["find"])
        return movements
