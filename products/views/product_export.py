"""All products as a file, sent while it is being read."""

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.generic import View

from products.exporting.products import ExportRequest
from products.exporting.registry import EXPORTS
from products.models import Product
from products.views.base import Page
from products.views.downloads import as_attachment


class ProductExportView(Page, View):
    """Our own CSV; with costs for those who may see them."""

    permission_required = "products.export_products"

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        with_cost = request.user.has_perm("products.view_cost")
        asked = ExportRequest(Product.objects.order_by("sku_key"), with_cost=with_cost)
        export = EXPORTS["native"]
        name = f"products-{timezone.localdate():%Y-%m-%d}.csv"
        return StreamingHttpResponse(
            export.write(asked),
            content_type=export.media_type,
            headers={"Content-Disposition": as_attachment(name)},
        )
