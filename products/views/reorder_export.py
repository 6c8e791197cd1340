"""The reorder list as a file, for one supplier or for all."""

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.generic import View

from products.reports.levels import has_several_locations
from products.reports.reorder_file import export_reorder
from products.views.downloads import send_file
from products.views.reorder_list import ReorderNeeds


class ReorderExportView(ReorderNeeds, View):
    """A supplier that is not on the list is a 404, not an empty order."""

    permission_required = "products.view_product"
    limited = ("GET", "export")

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        if not self.form.is_valid():
            raise Http404
        supplier = self.form.supplier
        with_cost = request.user.has_perm("products.view_cost")
        pieces = export_reorder(
            self.needs,
            with_supplier=supplier is None,
            with_location=has_several_locations(),
            with_cost=with_cost,
        )
        words = ["reorder", slugify(supplier or ""), f"{timezone.localdate():%Y-%m-%d}"]
        name = "-".join(word for word in words if word)
        return send_file(request, pieces, name=f"{name}.csv", with_cost=with_cost)
