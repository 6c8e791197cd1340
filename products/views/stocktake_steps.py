"""The steps of a stocktake that are one button: start, finish, reopen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from products.errors import InventoryError
from products.models import Stocktake
from products.services.stocktakes import (
    reopen_stocktake,
    send_to_review,
    start_stocktake,
)
from products.views.one_stocktake import APPLY, COUNT, OneStocktake


class _Step(OneStocktake, View):
    """By POST only; back to the stocktake with what came of it."""

    http_method_names = ["post"]

    def take(self) -> Stocktake:
        """Call the service."""
        raise NotImplementedError

    def done(self, stocktake: Stocktake) -> str:
        """Return the success message."""
        raise NotImplementedError

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        _found = self.stocktake
        try:
            stocktake = self.take()
        except InventoryError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, self.done(stocktake))
        return self.go_to_stocktake()


class StocktakeStartView(_Step):
    """From a draft to counting."""

    permission_required = APPLY

    def take(self) -> Stocktake:
        return start_stocktake(stocktake_id=self.stocktake.pk, author=self.author)

    def done(self, stocktake: Stocktake) -> str:
        return _("“%(name)s” is open for counting.") % {"name": stocktake.name}


class StocktakeFinishView(_Step):
    """From counting to review; whoever counts may say that it is done."""

    permission_required = COUNT

    def take(self) -> Stocktake:
        return send_to_review(stocktake_id=self.stocktake.pk)

    def done(self, stocktake: Stocktake) -> str:
        return _("“%(name)s” is counted and waits for its review.") % {
            "name": stocktake.name
        }


class StocktakeReopenView(_Step):
    """From review back to counting."""

    permission_required = APPLY

    def take(self) -> Stocktake:
        return reopen_stocktake(stocktake_id=self.stocktake.pk)

    def done(self, stocktake: Stocktake) -> str:
        return _("“%(name)s” is open for counting again.") % {"name": stocktake.name}
