"""Every movement of one product, page by page."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from products.models import Product
from products.reports.levels import has_several_locations
from products.reports.movements import ledger_of, movements_of, with_on_hand
from products.views.base import Page
from products.views.key_paging import key_page
from products.views.movements import as_moves

ROWS = 50


class ProductMovementsView(Page, TemplateView):
    """Newest first, each with what was on hand in the shop after it.

    Without filters, which would leave the balances in the air; the list of all
    movements has them, for one product too.
    """

    permission_required = ("products.view_product", "products.view_stockmovement")
    template_name = "products/product_movements.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        products = Product.objects.only("name", "sku", "status", "stock_status")
        product = get_object_or_404(products, pk=self.kwargs["pk"])
        page = key_page(self.request, movements_of(product.pk), size=ROWS)
        newest = page.rows[0].pk if page.rows else None
        ledger = ledger_of(product.pk, until=newest)
        moved = with_on_hand(page.rows, ledger.on_hand)
        moves = as_moves(
            moved,
            with_location=has_several_locations(),
            with_links=self.request.user.has_perm("products.view_operation"),
        )
        return super().get_context_data(**kwargs) | {
            "product": product,
            "moves": moves,
            "key_page": page,
        }
