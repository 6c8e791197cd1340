"""What the pages about one stocktake share."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from products.models import Stocktake
from products.reports.levels import has_several_locations
from products.reports.stocktakes import in_progress
from products.views.base import Page

APPLY = "products.apply_stocktake"
COUNT = "products.count_stock"


class OneStocktake(Page):
    """Loads the stocktake of the address; an unknown one is a 404."""

    kwargs: dict[str, Any]

    @cached_property
    def stocktake(self) -> Stocktake:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    def get_queryset(self) -> QuerySet[Stocktake]:
        return Stocktake.objects.select_related("location", "applied_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted, lines = in_progress(self.stocktake)
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # of the view mixed in
        return context | {
            "stocktake": self.stocktake,
            "counted": counted,
            "line_count": lines,
            "is_open": self.stocktake.state in Stocktake.OPEN,
            "with_location": has_several_locations(),
            "sees_book": sees_book(self.request, self.stocktake),
        }

    def go_to_stocktake(self) -> HttpResponse:
        return self.go_to(address_of(self.stocktake))


def address_of(stocktake: Stocktake) -> str:
    return reverse("products:stocktake_detail", args=[stocktake.pk])


def sees_book(request: HttpRequest, stocktake: Stocktake) -> bool:
    """Say whether this person may see what the books expect.

    While a blind count is open, only who decides about it; who counts shall not know.
    """
    is_hidden = stocktake.is_blind and stocktake.state in Stocktake.OPEN
    return not is_hidden or request.user.has_perm(APPLY)
