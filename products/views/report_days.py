"""The figures of the last days, by the end of each: a chart and its table."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from products.reports.figures import Day, Figures, recent_days, shop_figures
from products.reports.moments import end_of_day
from products.views.base import Page

# How the figure is called, and its column.
COLUMNS = {
    "units": (_("Units on hand"), _("Units")),
    "value": (_("Stock value"), _("Value")),
    "skus": (_("SKUs"), _("SKUs")),
    "low": (_("Low"), _("Low")),
    "out": (_("Out"), _("Out")),
}


class ReportDaysView(Page, TemplateView):
    """The newest day first; `?show=` names the figure that the chart shows."""

    permission_required = "products.view_stocklevel"
    template_name = "products/report_days.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sees_cost = self.request.user.has_perm("products.view_cost")
        figures = shop_figures(with_cost=sees_cost)
        days = () if figures.is_empty else _days(figures, sees_cost=sees_cost)
        columns = [name for name in COLUMNS if sees_cost or name != "value"]
        asked = self.request.GET.get("show", "")
        shown = asked if asked in columns else "units"
        context = super().get_context_data(**kwargs) | {
            "figures": figures,
            "days": days,
            "newest_first": [(day, end_of_day(day.day)) for day in reversed(days)],
            "columns": [(name, COLUMNS[name][1]) for name in columns],
            "shown": shown,
            "name": COLUMNS[shown][0],
        }
        return context | (_chart(days, figures, shown) if days else {})


def _days(figures: Figures, *, sees_cost: bool) -> tuple[Day, ...]:
    return recent_days(with_cost=sees_cost, on_demand=figures.as_of is None)


def _chart(days: Sequence[Day], figures: Figures, shown: str) -> dict[str, Any]:
    """Return what is drawn: the end of each day, and now."""
    until = figures.as_of or timezone.now()
    points = [
        (end_of_day(day.day), value)
        for day in days
        if (value := getattr(day, shown)) is not None
    ]
    if (now := getattr(figures, shown)) is not None:
        points.append((until, now))
    return {"points": points, "since": end_of_day(days[0].day), "until": until}
