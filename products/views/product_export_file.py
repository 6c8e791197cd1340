"""Products as a file, sent while it is being read."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.generic import View

from products.exporting.products import ExportRequest
from products.forms.exports import ExportForm
from products.forms.product_list import ProductList
from products.models import Product
from products.views.base import Page
from products.views.downloads import send_file


class ProductExportFileView(Page, View):
    """What the list shows, in its order, or everything by SKU; costs for who sees them.

    An answer or a filter that makes no sense leads to the page, which says so: a file
    with other products than were meant is worse than none.
    """

    permission_required = "products.export_products"
    limited = ("GET", "export")

    def get(self, request: HttpRequest) -> HttpResponseBase:
        with_cost = request.user.has_perm("products.view_cost")
        form = ExportForm(request.GET)
        listed = ProductList(request.GET, sees_cost=with_cost)
        if not form.is_valid() or (form.is_of_list and listed.ignored):
            query = request.GET.urlencode()
            return HttpResponseRedirect(f"{reverse('products:product_export')}?{query}")
        everything = Product.objects.order_by("sku_key")
        products = listed.products if form.is_of_list else everything
        export = form.export
        return send_file(
            request,
            export.write(ExportRequest(products, with_cost=with_cost)),
            name=export.file_name(),
            with_cost=with_cost,
            media_type=export.media_type,
        )
