"""Pages of lists that may have millions of rows; see docs/decisions/admin-lists.md."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db import connection
from django.db.models import QuerySet

from inventory_site.statements import question

EXACT_UP_TO = 10_000


class CappedPaginator(Paginator):
    """Counts no further than `EXACT_UP_TO`, and reads long lists from both ends.

    Pages 1, 2, … stand at the beginning, as far as was counted; -1 is the last page,
    -2 the one before it. Each costs at most one walk of `EXACT_UP_TO` entries of an
    index, where the order has one. `rows_from`, when it is set, is the same table
    without the conditions: rows found by their key are read from there.
    """

    object_list: "QuerySet[Any]"
    rows_from: "QuerySet[Any] | None" = None

    @cached_property
    def _counted(self) -> int:
        # With a condition, by whatever index finds them best.
        rows, most = self.object_list, EXACT_UP_TO + 1
        if rows.query.where:
            return int(rows.order_by()[:most].count())

        every = rows.model._base_manager
        return question(
            ("count of all", rows.model, most),
            # In the order the rows were written in, they lie side by side.
            lambda: every.order_by("pk").values_list("pk")[:most],
        ).count()

    @property
    def count(self) -> int:
        """The rows, at most `EXACT_UP_TO`; one query, which is asked once."""
        return min(self._counted, EXACT_UP_TO)

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than `count` says."""
        return self._counted > EXACT_UP_TO

    def validate_number(self, number: Any) -> int:
        """Return the number of a page that there is; raises InvalidPage for others."""
        try:
            wanted = int(number)
        except (TypeError, ValueError) as error:
            raise PageNotAnInteger(self.error_messages["invalid_page"]) from error
        if wanted < 0 and not self.is_capped:  # each has a number from the front
            wanted += self.num_pages + 1
        if not 1 <= abs(wanted) <= self.num_pages:
            raise EmptyPage(self.error_messages["no_results"])
        return wanted

    def page(self, number: Any) -> Any:
        """Return a page; one query, or two where rows have to be skipped."""
        wanted = self.validate_number(number)
        start = (abs(wanted) - 1) * self.per_page
        if wanted > 0:
            end = min(start + self.per_page, EXACT_UP_TO)
            return Page(self._rows(self.object_list, start, end), wanted, self)
        backward = self._rows(self.object_list.reverse(), start, start + self.per_page)
        return Page(backward[::-1], wanted, self)

    def _rows(self, ordered: "QuerySet[Any]", start: int, end: int) -> list[Any]:
        """Skip keys in the index, not rows in the table with all they are joined to.

        MariaDB would sort all rows for the first page too: it reads an index in order
        where the index has everything that is asked for.
        """
        if start == 0 and connection.vendor != "mysql":
            return list(ordered[:end])
        keys = list(ordered.values_list("pk", flat=True)[start:end])
        rows = ordered if self.rows_from is None else self.rows_from
        found = {row.pk: row for row in rows.order_by().filter(pk__in=keys)}
        return [found[key] for key in keys if key in found]

    def numbers(self, current: int) -> Sequence[int | None]:
        """Return the pages to link to, in their order; None stands for a gap."""
        nearby = [
            number if isinstance(number, int) else None
            for number in self.get_elided_page_range(abs(current), on_ends=1)
        ]
        if not self.is_capped:
            return nearby
        if current > 0:
            return [*nearby, None, -1]
        return [1, None, *(number and -number for number in reversed(nearby))]
