"""One stocktake: how far it is, what comes next, who counted."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.views.generic import TemplateView

from products.forms.filters import SearchField
from products.models import Stocktake
from products.reports.stocktakes import counters_of, lines_shown, scope_words
from products.services.stocktake_scopes import find_products
from products.views.one_stocktake import OneStocktake
from products.views.undoing import may_undo

ROWS = 50
ROWS_OF_A_SHEET = 2_000
SHOWN = ("left", "counted", "again")


class StocktakeDetailView(OneStocktake, TemplateView):
    """`?show=` narrows the lines to one of SHOWN, `?find=` to a SKU, name or shelf.
    `?sheet=1` has all on one page, for paper.

    What the books say stands on the review and the report, not here.
    """

    permission_required = "products.view_stocktake"
    template_name = "products/stocktake_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stocktake = self.stocktake
        shown, searched = shown_of(self.request), searched_of(self.request)
        lines = lines_shown(stocktake, show=shown, text=searched)
        size = ROWS_OF_A_SHEET if self.request.GET.get("sheet") == "1" else ROWS
        page = Paginator(lines, size).get_page(self.request.GET.get("page"))
        context = super().get_context_data(**kwargs)
        applied_by = stocktake.applied_by
        return context | {
            "shown": shown,
            "searched": searched,
            "lines": page.object_list,
            "page_obj": page,
            "left": context["line_count"] - context["counted"],
            "counters": counters_of(stocktake),
            "scope": scope_words(stocktake),
            "found_count": _found_count(stocktake),
            "can_undo": applied_by is not None
            and may_undo(self.request.user, applied_by),
        }


def shown_of(request: HttpRequest) -> str:
    asked = request.GET.get("show", "")
    return asked if asked in SHOWN else ""


def searched_of(request: HttpRequest) -> str:
    """Return what the address looks for, without signs that no name contains."""
    return str(SearchField(required=False).clean(request.GET.get("find")))


def _found_count(stocktake: Stocktake) -> int | None:
    """Return how many products a draft would hold by now."""
    if stocktake.state != Stocktake.State.DRAFT:
        return None
    found = find_products(stocktake.scope, stocktake.location, now=timezone.now())
    return sum(1 for _one in found)
