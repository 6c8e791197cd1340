"""What there was, and what it was worth, at the end of each month."""

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from products.forms.periods import MONTHS, read_months
from products.models.reading import one_moment
from products.reports.adding_up import add_up
from products.reports.periods import MonthEnd, month_ends, movements_since_months
from products.services.balances import Balance
from products.views.base import Page

WIDTH = 100  # of the bar of the highest month


class ReportMonthsView(Page, TemplateView):
    """The bars show the value to those who may see it, to others the units.

    Of very many movements the sums are fetched behind the page, by `?sums=1`.
    """

    permission_required = "products.view_stocklevel"
    template_name = "products/report_months.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        months = read_months(self.request.GET)
        context = super().get_context_data(**kwargs) | {
            "months": str(months),
            "choices": MONTHS,
        }
        with one_moment():
            added_up = add_up(
                lambda: month_ends(months),
                key=f"months-{months}-{timezone.localdate()}",
                rows=movements_since_months(months),
                is_asked="sums" in self.request.GET,
            )
        if added_up is None:
            return context
        ends = _since_the_first(added_up.sums)
        return context | {
            "rows": list(zip(ends, self._bars(ends), strict=True)),
            "is_empty": len(ends) == 1 and not ends[0].stock.quantity,
            "added_up_at": added_up.at,
        }

    def _bars(self, ends: list[MonthEnd]) -> list[str]:
        """Return the length of each bar, as text: SVG knows no decimal comma."""
        sees_cost = self.request.user.has_perm("products.view_cost")
        sizes = [end.stock.value if sees_cost else end.stock.quantity for end in ends]
        highest = max(*sizes, 1)
        return [f"{max(size, 0) / highest * WIDTH:.1f}" for size in sizes]


def _since_the_first(ends: list[MonthEnd]) -> list[MonthEnd]:
    """Return the ends from the last one on before anything was in stock."""
    stocked = [place for place, end in enumerate(ends) if end.stock != Balance()]
    return ends[: max(stocked, default=-1) + 2]
