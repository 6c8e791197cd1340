"""The saved views of one person, as the list of products shows them: one query."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.db.models import QuerySet

from inventory_site.statements import Prepared
from products.models import SavedView
from products.models.saved_views import ALL_PRODUCTS
from products.reports.list_columns import USUAL, Columns, in_order

EVERYTHING = "all"  # as `view` in the address: “All products”, whatever one starts with


@dataclass(frozen=True, slots=True)
class ListedView:
    """A view as it is stored; `start_of` is its owner where it is the start view."""

    pk: int
    name: str
    address: str
    columns: str
    start_of: int | None

    @property
    def state(self) -> dict[str, str]:
        """What it shows, as it stands in the address of the list."""
        return dict(parse_qsl(self.address))


@dataclass(frozen=True, slots=True)
class ViewsOfPerson:
    """The views with a name in their order, the start view, and the usual columns."""

    named: tuple[ListedView, ...] = ()
    columns: str = ""

    @property
    def start(self) -> ListedView | None:
        return next((view for view in self.named if view.start_of), None)

    def find(self, pk: str) -> ListedView | None:
        """Return the view that an address names; None where it is none of these."""
        return next((view for view in self.named if str(view.pk) == pk), None)

    def columns_of(self, view: ListedView | None, *, sees_cost: bool) -> Columns:
        """Return what a view shows, or “All products” where it is None."""
        text = (view and view.columns) or self.columns
        return in_order(text.split(","), sees_cost=sees_cost) if text else USUAL


def views_of(user_id: int) -> ViewsOfPerson:
    """Return what this person has saved; one query."""
    views = [ListedView(*row) for row in VIEWS.rows(user_id)]
    own = next((view for view in views if view.name == ALL_PRODUCTS), None)
    named = tuple(view for view in views if view is not own)
    return ViewsOfPerson(named, own.columns if own else "")


def _views(user_id: int) -> "QuerySet[SavedView, Any]":
    views = SavedView.objects.filter(user=user_id)
    return views.values_list("pk", "name", "address", "columns", "start_of")


VIEWS = Prepared(_views)
