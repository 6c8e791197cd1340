"""Which products go into a file, and into which kind."""

from typing import Any

from django.urls import reverse
from django.views.generic import TemplateView

from products.exporting.registry import EXPORTS
from products.forms.exports import ALL, SHOWN, ExportForm
from products.forms.product_list import ProductList
from products.models import Product
from products.views.addresses import with_state
from products.views.base import Page


class ProductExportView(Page, TemplateView):
    """Asks; the answer is the address of the file.

    The address may bring the filters of the list along, and an answer that made no
    sense, which is then said at its field.
    """

    permission_required = "products.export_products"
    template_name = "products/product_export.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listed = ProductList(
            self.request.GET, sees_cost=self.request.user.has_perm("products.view_cost")
        )
        is_answer = not {"format", "scope"}.isdisjoint(self.request.GET)
        form = ExportForm(self.request.GET if is_answer else None)
        usual_scope = SHOWN if listed.state else ALL
        return super().get_context_data(**kwargs) | {
            "form": form,
            "format": form.chosen("format", next(iter(EXPORTS))),
            "scope": form.chosen("scope", usual_scope),
            "exports": EXPORTS.values(),
            "listed": listed,
            "shown_count": listed.filter.qs.count(),
            "all_count": Product.objects.count(),
            "cancel_url": with_state(reverse("products:dashboard"), listed.state),
        }
