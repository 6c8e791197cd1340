"""The stock at a moment as a file."""

from collections.abc import Callable, Iterator, Mapping

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from products.forms.stock_at import StockAtForm
from products.reports.stock_file import refuse_unreadable, stock_csv, stock_xlsx
from products.tabular.sheets import MEDIA_TYPE
from products.views.base import Page
from products.views.downloads import send_file

FORMATS: Mapping[str, tuple[Callable[..., Iterator[str | bytes]], str]] = {
    "csv": (stock_csv, "text/csv; charset=utf-8"),
    "xlsx": (stock_xlsx, MEDIA_TYPE),
}


class ReportStockExportView(Page, View):
    """CSV or XLSX, sent while it is being read; costs for those who may see them.

    A moment that makes no sense leads to the page, which says what is wrong with it.
    """

    permission_required = "products.view_stocklevel"
    limited = ("GET", "export")

    def get(self, request: HttpRequest) -> HttpResponseBase:
        form = StockAtForm(request.GET.dict())
        kind = request.GET.get("format", "csv")
        if kind not in FORMATS:
            raise BadRequest
        if not form.is_valid():
            query = request.GET.urlencode()
            return HttpResponseRedirect(f"{reverse('products:report_stock')}?{query}")
        refuse_unreadable(form.moment)
        with_cost = request.user.has_perm("products.view_cost")
        name = f"stock-{timezone.localdate(form.moment):%Y-%m-%d}.{kind}"
        write, media_type = FORMATS[kind]
        return send_file(
            request,
            write(form.moment, with_cost=with_cost),
            name=name,
            with_cost=with_cost,
            media_type=media_type,
        )
