"""What moved between two business dates, by kind, as a file."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.generic import View

from products.forms.periods import PeriodForm
from products.models.reading import one_moment
from products.reports.periods import Moved, Period, movements_between
from products.tabular.tables import Cell, write_table
from products.views.base import Page
from products.views.downloads import send_file

HEADER = ["kind", "movements", "units_in", "units_out", "units", "value"]


class ReportMovementsExportView(Page, View):
    """CSV, with the value for those who may see it.

    Days that make no sense lead to the page, which says what is wrong with them.
    """

    permission_required = "products.view_stockmovement"
    limited = ("GET", "export")

    def get(self, request: HttpRequest) -> HttpResponseBase:
        form = PeriodForm(request.GET.dict())
        if not form.is_valid():
            query = request.GET.urlencode()
            page = reverse("products:report_movements")
            return HttpResponseRedirect(f"{page}?{query}")
        first, last = form.days
        with one_moment():
            period = movements_between(first, last)
        with_cost = request.user.has_perm("products.view_cost")
        width = len(HEADER) - (not with_cost)
        rows = [row[:width] for row in _rows(period)]
        name = f"movements-{first:%Y-%m-%d}-{last:%Y-%m-%d}.csv"
        pieces = write_table(HEADER[:width], rows)
        return send_file(request, pieces, name=name, with_cost=with_cost)


def _rows(period: Period) -> list[list[Cell]]:
    """Return the kinds between the stock before and the stock after."""
    opening, closing = period.opening, period.closing
    return [
        ["stock_before", None, None, None, opening.quantity, opening.value],
        *(_row(moved) for moved in period.moved),
        ["stock_after", None, None, None, closing.quantity, closing.value],
    ]


def _row(moved: Moved) -> list[Cell]:
    return [
        moved.kind,
        moved.count,
        moved.units_in,
        moved.units_out,
        moved.units,
        moved.value,
    ]
