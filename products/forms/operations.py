"""What narrows the list of operations."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from products.forms.days import DayField, on_days
from products.forms.filters import FilterForm, SearchField
from products.forms.offering import offer
from products.models import Operation

COLUMNS = {"kind": "kind", "person": "actor_id", "source": "source"}


class OperationFilterForm(FilterForm):
    """Reads the filters from an address; what makes no sense counts as not set."""

    find = SearchField(label=_("Reference, reason, person"), required=False)
    kind = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[("", _("Everything")), *Operation.Kind.choices],
    )
    person = forms.ChoiceField(label=_("Who"), required=False)
    source = forms.ChoiceField(
        label=_("From"),
        required=False,
        choices=[("", _("Anywhere")), *Operation.Source.choices],
    )
    since = DayField(label=_("Since"))
    until = DayField(label=_("Until"))

    def __init__(
        self, *args: Any, people: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", [("", _("Everybody")), *people])

    @property
    def is_indexed(self) -> bool:
        """Whether an index leads to what is set: days have one."""
        return not {"since", "until"}.isdisjoint(self.state)

    def narrow(self, operations: "QuerySet[Operation]") -> "QuerySet[Operation]":
        """Return the operations that fit what is set; days are the shop's."""
        state: dict[str, Any] = dict(self.state)
        for name, column in COLUMNS.items():
            if name in state:
                operations = operations.filter(**{column: state[name]})
        if "find" in state:
            text = state["find"]
            operations = operations.filter(
                Q(reference__icontains=text)
                | Q(reason__icontains=text)
                | Q(actor_label__icontains=text)
            )
        since, until = state.get("since"), state.get("until")
        return on_days(operations, "created_at", since=since, until=until)
