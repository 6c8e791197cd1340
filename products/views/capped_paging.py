"""Page numbers for lists that may be long, counted as far as anybody goes."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

MOST = 10_000  # rows that have a page number


class CappedPaginator(Paginator):
    """Counts MOST rows at most, and reads no further; what is older is searched for."""

    @cached_property
    def _counted(self) -> int:
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        return rows.order_by().values("pk")[: MOST + 1].count()

    @property
    def is_more(self) -> bool:
        """Whether there are rows that no page shows."""
        return self._counted > MOST

    @cached_property
    def count(self) -> int:
        """How many rows the pages show."""
        return min(self._counted, MOST)
