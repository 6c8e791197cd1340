"""All products as a file, sent while it is being read."""

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.generic import View

from products.exporting.native import export_csv
from products.views.base import Page
from products.views.downloads import as_attachment


class ProductExportView(Page, View):
    """Our own CSV; with costs for those who may see them."""

    permission_required = "products.export_products"

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        with_cost = request.user.has_perm("products.view_cost")
        name = f"products-{timezone.localdate():%Y-%m-%d}.csv"
        return StreamingHttpResponse(
            export_csv(with_cost=with_cost),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": as_attachment(name)},
        )
