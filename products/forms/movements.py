"""What narrows the list of movements."""

from typing import Any

from django import forms
from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from products.forms.days import DayField, on_days
from products.forms.filters import FilterForm, SearchField
from products.forms.offering import offer
from products.models import Operation, StockMovement
from products.reports.movement_history import of_products_like

COLUMNS = {"kind": "kind", "location": "location_id", "product": "owner_id"}
OF_OPERATION = {"person": "actor_label", "source": "source"}
INDEXED = {"product", "since", "until"}  # a few of the movements, in their own index


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
        offer(self, "location", [("", _("All")), *places])

    def narrow(self, movements: "QuerySet[Any]") -> tuple["QuerySet[Any]", bool]:
        """Return the movements that fit what is set; two queries for a search.

        And whether an index leads to them: else they may be far apart in all of them.
        """
        state: dict[str, Any] = dict(self.state)
        is_indexed = not INDEXED.isdisjoint(state)
        for name, column in COLUMNS.items():
            if name in state:
                movements = movements.filter(**{column: state[name]})
        of_operation = {
            column: state[name]
            for name, column in OF_OPERATION.items()
            if name in state
        }
        if of_operation:
            # Looked up for each movement: a join would begin with the operations.
            operation = Operation.objects.filter(pk=OuterRef("operation_id"))
            movements = movements.filter(Exists(operation.filter(**of_operation)))
        since, until = state.get("since"), state.get("until")
        if since or until:
            # Named both, so that the index of business dates can be read.
            movements = movements.filter(is_backdated__in=[False, True])
        movements = on_days(movements, "effective_at", since=since, until=until)
        if "find" in state:
            movements, is_few = of_products_like(movements, state["find"])
            is_indexed = is_indexed or is_few
        return movements, is_indexed
