"""What there was, and what it was worth, at the end of each month."""

from typing import Any

from django.views.generic import TemplateView

from products.forms.periods import MONTHS, read_months
from products.models.reading import one_moment
from products.reports.periods import MonthEnd, month_ends
from products.services.balances import Balance
from products.views.base import Page

WIDTH = 100  # of the bar of the highest month


class ReportMonthsView(Page, TemplateView):
    """The bars show the value to those who may see it, to others the units."""

    permission_required = "products.view_stocklevel"
    template_name = "products/report_months.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        months = read_months(self.request.GET)
        with one_moment():
            ends = _since_the_first(month_ends(months))
        return super().get_context_data(**kwargs) | {
            "months": str(months),
            "choices": MONTHS,
            "rows": list(zip(ends, self._bars(ends), strict=True)),
            "is_empty": len(ends) == 1 and not ends[0].stock.quantity,
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
