"""What moved between two business dates, by kind."""

from typing import Any

from django.utils.functional import cached_property
from django.views.generic import TemplateView

from products.forms.periods import PeriodForm
from products.models.reading import one_moment
from products.reports.adding_up import add_up
from products.reports.periods import movements_between, movements_since
from products.views.base import Page


class ReportMovementsView(Page, TemplateView):
    """From the stock before the first day to the stock after the last.

    Of very many movements the sums are fetched behind the page, by `?sums=1`.
    """

    permission_required = "products.view_stockmovement"
    template_name = "products/report_movements.html"

    @cached_property
    def form(self) -> PeriodForm:
        return PeriodForm(self.request.GET.dict())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | {"form": self.form}
        if not self.form.is_valid():
            return context
        first, last = self.form.days
        with one_moment():
            added_up = add_up(
                lambda: movements_between(first, last),
                key=f"movements-{first}-{last}",
                rows=movements_since(first),
                is_asked="sums" in self.request.GET,
            )
        return context | {
            "first": first,
            "last": last,
            "period": added_up.sums if added_up else None,
            "added_up_at": added_up.at if added_up else None,
        }
