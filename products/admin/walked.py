"""The list of products when it is searched or filtered: walked, not counted.

No count and no page numbers: to know how many of a million have a common word, a
database reads them all. The next page begins behind the last row of this one.
"""

import re
from typing import Any

from django.contrib.admin.views.main import PAGE_VAR
from django.http import HttpRequest
from django.utils.translation import gettext as _

from products.admin.changelist import IndexedChangeList, PageLink
from products.admin.searching import coded_as
from products.fields import KEY_DIGITS
from products.models import Product
from products.models.product_queries import ProductQuerySet
from products.models.stretches import Key, Order, Place
from products.models.walking import Reach, keys_in_order

# What the filters write into the address -> the column that is asked along the walk.
COLUMNS = {
    "status__exact": ("status", "exact"),
    "stock_status": ("stock_status", "exact"),
    "category__id__exact": ("category_id", "exact"),
    "category__isnull": ("category_id", "isnull"),
    "brand__id__exact": ("brand_id", "exact"),
    "brand__isnull": ("brand_id", "isnull"),
    "group__isnull": ("group_id", "isnull"),
}
LAST, COUNTED = "-1", "count"
PLACE = re.compile(rf"(after|before)-([0-9]{{1,{KEY_DIGITS}}})")

Conditions = list[tuple[str, str, Any]]


class WalkedChangeList(IndexedChangeList):
    """Pages by the key of the row at their edge, where the list is narrowed.

    The address says `p=after-17` or `p=before-17`, `p=-1` for the last page, and
    `p=count` for the first one with the count.
    """

    around: tuple[str, str] | None = None  # the pages before and after, "" for none

    def read_page(self, request: HttpRequest) -> None:
        conditions = self._conditions()
        if conditions is None or not (conditions or self.query):
            super().read_page(request)
            return
        place = request.GET.get(PAGE_VAR, "")
        keys = self._keys(conditions, place)
        found = {row.pk: row for row in self.every.filter(pk__in=keys)}
        self.result_list = [found[key] for key in keys if key in found]
        self.can_show_all = False
        self.multi_page = self.is_capped = self.around != ("", "")
        self.result_count = len(self.result_list)
        if place == COUNTED and self.multi_page:
            self.result_count = self.paginator.count
            self.is_capped = self.paginator.is_capped
        elif self.multi_page:
            self.count_url = self._url(COUNTED)

    def _conditions(self) -> Conditions | None:
        """Return what the filters ask for; None if a walk can't decide by it."""
        found: Conditions = []
        for spec in self.filter_specs:
            for name, value in spec.used_parameters.items():
                values = value if isinstance(value, list) else [value]
                if name not in COLUMNS or len(values) != 1 or is_long(values[0]):
                    return None
                found.append((*COLUMNS[name], values[0]))
        return found

    def _keys(self, conditions: Conditions, place: str) -> list[int]:
        """Return the ids of the page's rows, and set what is `around` it."""
        coded = coded_as(self.query)

        def narrow(rows: ProductQuerySet) -> ProductQuerySet:
            for column, lookup, value in conditions:
                rows = rows.narrow(column, lookup, value)
            return rows.search(self.query) if coded is None else rows.filter(coded)

        first, *_key = self.queryset.query.order_by
        column = str(first).removeprefix("-")
        order = Order(column, is_falling=str(first).startswith("-"))
        size, start = self.list_per_page, self._start(column, place)
        backwards = place == LAST or (start is not None and place.startswith("before"))
        keys = keys_in_order(
            order,
            narrow,
            limit=size + 1,
            place=Place(start, is_backwards=backwards),
            reach=Reach.SOME if coded is None else Reach.FEW,
        )
        has_more = len(keys) > size
        if backwards and not has_more and place != LAST:
            return self._keys(conditions, "")  # fewer than a page: it is the first
        page = [key.pk for key in keys[:size]]
        if backwards:
            page.reverse()
        has_before = has_more if backwards else start is not None
        has_after = place != LAST if backwards else has_more
        self.around = (
            self._url(f"before-{page[0]}") if has_before and page else "",
            self._url(f"after-{page[-1]}") if has_after and page else "",
        )
        return page

    def _start(self, column: str, place: str) -> Key | None:
        """Return the key of the row that the address names; one query if it does."""
        named = PLACE.fullmatch(place)
        if named is None:
            return None
        row = Product.objects.filter(pk=int(named[2])).values_list(column, "pk").first()
        return None if row is None else Key(*row)

    def _url(self, place: str) -> str:
        return self.get_query_string({PAGE_VAR: place})

    @property
    def pages(self) -> list[PageLink]:
        if self.around is None:
            return super().pages
        before, after = self.around
        ends = [
            PageLink(_("First"), self.get_query_string() if before else ""),
            PageLink(_("Previous"), before),
            PageLink(_("Next"), after),
            PageLink(_("Last"), self._url(LAST) if after else ""),
        ]
        return [link for link in ends if link.url]

    @property
    def hint(self) -> str:
        return super().hint if self.around is None else ""


def is_long(value: object) -> bool:
    """Whether no database takes `value` for a key."""
    return isinstance(value, str) and value.isdigit() and len(value) > KEY_DIGITS
