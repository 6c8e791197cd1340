"""The page of a list: what is read, in which order, and the pages around it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, ChangeList
from django.core.paginator import InvalidPage
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from products.admin.paging import CappedPaginator
from products.admin.rows import STORED, decimals_of, draw_rows
from products.fields import is_number
from products.models.stored import as_stored


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page in the line of pages, or a gap, which has neither address nor row."""

    label: str
    url: str = ""
    title: str = ""
    is_current: bool = False


class IndexedChangeList(ChangeList):
    """Orders by one column, the key behind it in the same direction, as an index does.

    Two columns, or a key that runs the other way, would be a sort of all rows.
    """

    paginator: CappedPaginator
    model_admin: Any
    every: QuerySet[Any]
    is_capped: bool

    def get_ordering(self, request: HttpRequest, queryset: Any) -> list[Any]:
        for part in self.params.get(ORDER_VAR, "").split("."):
            column = self._sortable(part.removeprefix("-"))
            if column:
                self.params[ORDER_VAR] = part
                sign = "-" if part.startswith("-") else ""
                key = [] if column in {"id", "pk"} else [f"{sign}pk"]
                return [f"{sign}{column}", *key]
        self.params.pop(ORDER_VAR, None)
        return list(self.model_admin.get_ordering(request))

    def _sortable(self, index: str) -> str:
        """Return the column to order by for a number in the address; "" for none."""
        if not is_number(index, len("99")):
            return ""
        shown = self.list_display[int(index) : int(index) + 1]
        if not shown or shown[0] not in (self.sortable_by or ()):
            return ""
        return str(self.get_ordering_field(shown[0]) or "")

    def get_results(self, request: HttpRequest) -> None:
        """Read the page; one query, one for the count, one more on later pages."""
        rows = self._unconverted(self.queryset)
        every = self._unconverted(self.apply_select_related(self.root_queryset))
        self.paginator = self.model_admin.get_paginator(
            request, rows, self.list_per_page
        )
        self.paginator.rows_from = self.every = every
        self.full_result_count = None
        self.show_full_result_count = False
        self.show_admin_actions = True
        self.read_page(request)

    def _unconverted(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Read the list's columns; decimals as stored, so that one spoils its cell."""
        decimals = decimals_of(self.lookup_opts)
        columns = [name for name in self.model_admin.list_only if name not in decimals]
        rows = rows.only(*columns) if columns else rows.defer(*decimals)
        shown = [name for name in self.list_display if name in decimals]
        stored = {f"{STORED}{name}": as_stored(name) for name in shown}
        annotated: QuerySet[Any] = rows.annotate(**stored)
        return annotated

    def read_page(self, request: HttpRequest) -> None:
        """Set what the templates ask for: the rows, how many there are, the pages."""
        self.result_count = self.paginator.count
        self.is_capped = self.paginator.is_capped
        self.multi_page = self.result_count > self.list_per_page
        self.can_show_all = (
            not self.is_capped and self.result_count <= self.list_max_show_all
        )
        if self.show_all and self.can_show_all:
            self.result_list = list(
                self.paginator.object_list[: self.list_max_show_all]
            )
            return
        try:
            page = self.paginator.page(self.page_num if self.multi_page else 1)
        except InvalidPage as error:
            raise IncorrectLookupParameters from error
        self.page_num, self.result_list = page.number, page.object_list

    @property
    def pages(self) -> list[PageLink]:
        """The line of pages; empty where all rows are shown."""
        if not self.multi_page or (self.show_all and self.can_show_all):
            return []
        numbers = self.paginator.numbers(self.page_num)
        return [self._page_link(number) for number in numbers]

    def _page_link(self, number: int | None) -> PageLink:
        if number is None:
            return PageLink("…")
        label, title = str(number), ""
        if number == -1:
            label = _("Last")
        elif number < 0:
            label, title = f"−{-number}", _("Page %d from the end") % -number
        if number == self.page_num:
            return PageLink(label, title=title, is_current=True)
        return PageLink(label, self.get_query_string({PAGE_VAR: number}), title)

    @property
    def hint(self) -> str:
        """What to do at the last page that has a number, or the first from the end."""
        if self.is_capped and abs(self.page_num) == self.paginator.num_pages:
            return _("Sort, filter or search to see what lies between.")
        return ""

    count_url = ""  # where the count can be had that is not shown

    @property
    def headers(self) -> list[dict[str, Any]]:
        """What stands over the columns."""
        return list(result_headers(self))

    @property
    def rows(self) -> list[SafeString]:
        """The cells of each row."""
        return draw_rows(self)
