"""Which saved view the dashboard shows, and the tabs above its filters."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from products.forms.product_list import ProductList
from products.reports.list_columns import Columns
from products.reports.saved_views import EVERYTHING, ListedView, ViewsOfPerson

Address = MultiValueDict[str, str]

MOST_TABS = 8  # beside “All products”; the others stand behind “More”


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ShownView:
    """The view that an address opens; `open` is None for “All products”.

    The address says with `view` which it is, and beside it all that is set: a view is
    where one comes from, and what has been changed since stands in the address. Without
    any address the view somebody starts with is open, as it is stored.
    """

    views: ViewsOfPerson
    open: ListedView | None
    asked: "Address"

    @classmethod
    def of(cls, address: "Address", views: ViewsOfPerson) -> "ShownView":
        if not address and views.start:
            stored = MultiValueDict({k: [v] for k, v in views.start.state.items()})
            return cls(views, views.start, stored)
        return cls(views, views.find(address.get("view", "")), address)

    def columns(self, *, sees_cost: bool) -> Columns:
        return self.views.columns_of(self.open, sees_cost=sees_cost)

    def address(self, state: Mapping[str, str]) -> str:
        """Return the address of the list that shows `state` in this view."""
        mark = {"view": str(self.open.pk)} if self.open else {}
        if not state and not mark:
            return self.everything
        return _at({**mark, **state})

    @property
    def everything(self) -> str:
        """The address of “All products”, without a filter."""
        mark = {"view": EVERYTHING} if self.views.start else {}
        return _at(mark)

    def is_changed(self, state: Mapping[str, str]) -> bool:
        """Say whether something else is set than what the open view has stored."""
        return self.open is not None and self.open.state != dict(state)

    def lost(self, state: Mapping[str, str]) -> list[str]:
        """Return the names of what the view was stored with and what is there no more.

        Such as a category that was deleted since.
        """
        stored = self.open.state if self.open else {}
        return [
            name
            for name, text in stored.items()
            if name not in state and self.asked.get(name) == text
        ]

    def tabs(self) -> tuple[list[Tab], list[Tab]]:
        """Return the tabs and those behind “More”; the open one is never there."""
        named = list(self.views.named)
        shown, more = named[:MOST_TABS], named[MOST_TABS:]
        if self.open in more:
            shown[-1:] = [self.open]
            more = [view for view in named if view not in shown]
        return [self._tab(view) for view in shown], [self._tab(view) for view in more]

    def _tab(self, view: ListedView) -> Tab:
        url = _at({"view": str(view.pk), **view.state})
        return Tab(view.name, url, is_current=view == self.open)


def _at(state: Mapping[str, str]) -> str:
    path = reverse("products:dashboard")
    return f"{path}?{urlencode(state)}" if state else path


@dataclass(frozen=True, slots=True)
class ViewBar:
    """What stands above the filters: the tabs, and what can be done with the open view.

    `query` is the list as its address says it, for the pages that lead back to it.
    """

    tabs: list[Tab]
    more: list[Tab]
    everything: str
    query: str
    open: ListedView | None
    place: str
    has_start: bool
    is_changed: bool
    can_save: bool
    lost: list[str]

    @classmethod
    def of(cls, shown: ShownView, listed: ProductList, *, address: str) -> "ViewBar":
        tabs, more = shown.tabs()
        state = listed.state
        is_changed = shown.is_changed(state)
        return cls(
            tabs=tabs,
            more=more,
            everything=shown.everything,
            query=address.partition("?")[2],
            open=shown.open,
            place=_place(shown),
            has_start=shown.views.start is not None,
            is_changed=is_changed,
            can_save=is_changed if shown.open else bool(state),
            lost=[listed.label_of(name) for name in shown.lost(state)],
        )


def _place(shown: ShownView) -> str:
    """Say whether the open view could go left or right: "first", "last", "only"."""
    if shown.open is None:
        return ""
    named = shown.views.named
    is_first, is_last = named[0] == shown.open, named[-1] == shown.open
    return {
        (True, True): "only",
        (True, False): "first",
        (False, True): "last",
    }.get((is_first, is_last), "")
