"""The stock at a moment as a file."""

from tempfile import TemporaryFile

from django.core.exceptions import BadRequest
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from products.forms.stock_at import StockAtForm
from products.reports.stock_file import stock_csv, stock_xlsx
from products.tabular.sheets import MEDIA_TYPE
from products.views.base import Page
from products.views.downloads import as_attachment

FORMATS = ("csv", "xlsx")


class ReportStockExportView(Page, View):
    """CSV, sent while it is being read, or XLSX; costs for those who may see them.

    A moment that makes no sense leads to the page, which says what is wrong with it.
    """

    permission_required = "products.view_stocklevel"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        form = StockAtForm(request.GET.dict())
        kind = request.GET.get("format", "csv")
        if kind not in FORMATS:
            raise BadRequest
        if not form.is_valid():
            query = request.GET.urlencode()
            return HttpResponseRedirect(f"{reverse('products:report_stock')}?{query}")
        with_cost = request.user.has_perm("products.view_cost")
        name = f"stock-{timezone.localdate(form.moment):%Y-%m-%d}.{kind}"
        if kind == "csv":
            return StreamingHttpResponse(
                stock_csv(form.moment, with_cost=with_cost),
                content_type="text/csv; charset=utf-8",
                headers={"Content-Disposition": as_attachment(name)},
            )
        # A workbook is an archive with its index at the end, so it is made as a whole:
        # on the disk, where its size doesn't matter.
        stream = TemporaryFile()  # noqa: SIM115  (the response closes it)
        stock_xlsx(stream, form.moment, with_cost=with_cost)
        stream.seek(0)
        return FileResponse(
            stream, as_attachment=True, filename=name, content_type=MEDIA_TYPE
        )
