"""The chosen products as a file."""

from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.generic import TemplateView

from products.exporting.products import ExportRequest
from products.exporting.registry import EXPORTS
from products.forms.bulk import BulkExportForm
from products.reports.listing import as_rows
from products.services.bulk import MOST
from products.views.base import Page
from products.views.bulk import ROWS, SelectionPage, ShownItem
from products.views.downloads import send_file


class BulkExportView(SelectionPage, Page, TemplateView):
    """Shows what would be in the file; sent with a format, answers with it.

    A whole list may have any number of products; ticks as many as a change may.
    """

    permission_required = "products.export_products"
    limited = ("POST", "export")
    template_name = "products/bulk_export.html"
    http_method_names = ("get", "head", "post", "options")

    @property
    def is_too_many(self) -> bool:
        return not self.selection.is_whole and len(self.selection.ids) > MOST

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = BulkExportForm(request.POST if "format" in request.POST else None)
        can_be = not self.is_too_many and bool(self.selection.ids)
        if can_be and form.is_valid():
            return self._file(form)
        return self.render_to_response(self.get_context_data(form=form))

    def _file(self, form: BulkExportForm) -> StreamingHttpResponse:
        with_cost = self.request.user.has_perm("products.view_cost")
        wanted = ExportRequest(self.selection.products, with_cost=with_cost)
        return send_file(
            self.request,
            form.export.write(wanted),
            name=form.export.file_name(),
            with_cost=with_cost,
            media_type=form.export.media_type,
            filters=self._told(),
        )

    def _told(self) -> dict[str, Any]:
        """Return what the log is told: the list's filters, or how many were ticked."""
        chosen = self.selection
        if chosen.is_whole:
            return {"list": chosen.query}
        return {"ticked": len(chosen.ids)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or BulkExportForm()
        is_none = self.is_too_many or not self.selection.ids
        count = 0 if is_none else self.selection.products.count()
        return super().get_context_data(**kwargs) | {
            "form": form,
            "selection": self.selection,
            "count": count,
            "is_too_many": self.is_too_many,
            "most": MOST,
            "list_url": self.list_url,
            "exports": EXPORTS.values(),
            "format": form.chosen("format", next(iter(EXPORTS))),
            "rows": self._rows() if count else [],
            "more": max(0, count - ROWS),
        }

    def _rows(self) -> list[ShownItem]:
        return [
            ShownItem(
                product.name,
                product.sku,
                reverse("products:product_detail", args=[product.pk]),
                old="",
                new="",
            )
            for product in as_rows(self.selection.products)[:ROWS]
        ]
