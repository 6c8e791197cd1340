"""Giving a stocktake up, after asking."""

from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from products.models import Operation, Stocktake
from products.services.stocktakes import cancel_stocktake
from products.views.base import FormPage
from products.views.one_stocktake import APPLY, OneStocktake, address_of


class StocktakeCancelView(OneStocktake, FormPage, FormView):
    """A dialog over the stocktake, or a page of its own."""

    permission_required = APPLY
    form_class = forms.Form
    template_name = "products/stocktake_cancel.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.stocktake.state not in Stocktake.OPEN:
            return self.go_to_stocktake()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "goes": [_("The count: it can't be opened again")],
            "stays": [
                _("The stock, as the books have it"),
                _("What was counted, for looking it up"),
            ],
        }

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        stocktake = cancel_stocktake(stocktake_id=self.stocktake.pk)
        return _("“%(name)s” is cancelled.") % {"name": stocktake.name}, None

    def get_success_url(self) -> str:
        return address_of(self.stocktake)
