"""The stocktakes, newest first."""

from typing import Any

from django.db.models import QuerySet

from products.models import Stocktake
from products.reports.levels import has_several_locations
from products.reports.stocktakes import with_progress
from products.views.base import ListPage

SHOWN = {
    "open": Stocktake.OPEN,
    "applied": (Stocktake.State.APPLIED,),
    "cancelled": (Stocktake.State.CANCELLED,),
}


class StocktakeListView(ListPage):
    """`?show=` is one of SHOWN; without it, all of them."""

    permission_required = "products.view_stocktake"
    template_name = "products/stocktake_list.html"
    context_object_name = "stocktakes"
    paginate_by = 25

    def get_queryset(self) -> QuerySet[Stocktake]:
        stocktakes = Stocktake.objects.select_related("location").order_by("-pk")
        if self.shown:
            stocktakes = stocktakes.filter(state__in=SHOWN[self.shown])
        return with_progress(stocktakes)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "shown": self.shown,
            "with_location": has_several_locations(),
        }

    @property
    def shown(self) -> str:
        asked = self.request.GET.get("show", "")
        return asked if asked in SHOWN else ""
