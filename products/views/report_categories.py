"""What is in stock now, category by category: a table whose rows are the bars."""

from decimal import Decimal
from typing import Any

from django.views.generic import TemplateView

from products.models import StockLevel
from products.models.reading import one_moment
from products.reports.adding_up import add_up
from products.reports.category_stock import (
    CategoryStock,
    in_order,
    largest,
    stock_by_category,
)
from products.views.base import Page

WIDTH = 100  # of the longest bar
FEW = 6  # rows on the dashboard, which fetches them by `?few=1`


class ReportCategoriesView(Page, TemplateView):
    """The bars show the value to those who may see it, or by `?by=units` the units.

    In a large catalogue the sums are fetched behind the page, by `?sums=1`.
    """

    permission_required = "products.view_stocklevel"
    template_name = "products/report_categories.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sees_cost = self.request.user.has_perm("products.view_cost")
        by_value = sees_cost and self.request.GET.get("by") != "units"
        is_few = "few" in self.request.GET
        context = super().get_context_data(**kwargs) | {
            "by_value": by_value,
            "is_few": is_few,
        }
        with one_moment():
            added_up = add_up(
                lambda: stock_by_category(with_cost=sees_cost),
                key=f"categories-{'all' if sees_cost else 'no-cost'}",
                rows=StockLevel.objects.all(),
                is_asked="sums" in self.request.GET,
            )
        if added_up is None:
            return context
        rows = in_order(added_up.sums, by_value=by_value)
        shown = largest(rows, FEW) if is_few else rows
        return context | {
            "rows": list(zip(shown, _bars(shown, by_value=by_value), strict=True)),
            "other_count": len(rows) - len(shown) + 1,
            "units": sum(row.units for row in rows),
            "skus": sum(row.skus for row in rows),
            "value": sum((row.value or Decimal(0) for row in rows), Decimal(0)),
            "added_up_at": added_up.at,
        }


def _bars(rows: list[CategoryStock], *, by_value: bool) -> list[str]:
    """Return the length of each bar, as text: SVG knows no decimal comma."""
    sizes = [(row.value or 0) if by_value else row.units for row in rows]
    highest = max(*sizes, 1) if sizes else 1
    return [f"{max(size, 0) / highest * WIDTH:.1f}" for size in sizes]
