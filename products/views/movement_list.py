"""Every movement of the shop, newest first."""

from typing import Any

from django.views.generic import TemplateView

from products.models import Product
from products.models.stored import to_decimal
from products.reports.movement_history import all_movements
from products.views.key_paging import key_page
from products.views.movement_filter import MovementFilterPage
from products.views.movements import ICONS
from products.views.walked_paging import WalkedPage, walked_page

ROWS = 50


class MovementListView(MovementFilterPage, TemplateView):
    """What narrows the list stands in the address; the pages follow the key."""

    template_name = "products/movement_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self._page()
        for movement in page.rows:
            movement.worth = to_decimal(movement.stored_value)
            movement.icon = ICONS.get(movement.kind, "dot")
        return super().get_context_data(**kwargs) | {
            "filter": self.form,
            "is_narrowed": bool(self.form.state),
            "product": self._product(),
            "movements": page.rows,
            "key_page": page,
            "has_several_locations": self.has_several_locations,
        }

    def _page(self) -> WalkedPage:
        movements, is_indexed = self.narrowed
        if is_indexed:
            page = key_page(self.request, movements, size=ROWS)
            return WalkedPage(page.rows, page.previous_url, page.next_url)
        return walked_page(self.request, movements, whole=all_movements(), size=ROWS)

    def _product(self) -> Product | None:
        """Return the one product whose movements are asked for, if it is there."""
        pk = self.form.state.get("product")
        return Product.objects.only("name", "sku").filter(pk=pk).first() if pk else None
