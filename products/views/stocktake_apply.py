"""Posting the differences of a stocktake, after asking."""

from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView

from products.forms.once import OnceForm
from products.models import Operation, Stocktake
from products.reports.stocktakes import Tally, tally
from products.services.stocktake_applying import apply_stocktake
from products.services.stocktake_results import outcomes_of
from products.templatetags.inventory import quantity
from products.views.once import OncePage
from products.views.one_stocktake import APPLY, OneStocktake, address_of


class StocktakeApplyForm(OnceForm):
    """Nothing to type; the key makes a second click the same application."""


class StocktakeApplyView(OneStocktake, OncePage, FormView):
    """A dialog over the review, or a page of its own."""

    permission_required = APPLY
    form_class: type[forms.Form] = StocktakeApplyForm
    template_name = "products/stocktake_apply.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.stocktake.state != Stocktake.State.REVIEW:
            return self.go_to_stocktake()
        return super().get(request, *args, **kwargs)

    @cached_property
    def tally(self) -> Tally:
        lines = self.stocktake.lines.order_by("product_id")
        return tally(outcomes_of(self.stocktake, lines))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "tally": self.tally,
            "stays": self._stays(),
        }

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        operation = apply_stocktake(
            stocktake_id=self.stocktake.pk, circumstances=self.circumstances()
        )
        return self.answer_again(operation), operation

    def answer_again(self, operation: Operation) -> str:
        number = operation.movements.count()
        return ngettext(
            "“%(name)s” applied: %(count)s difference posted.",
            "“%(name)s” applied: %(count)s differences posted.",
            number,
        ) % {"name": operation.reference, "count": quantity(number)}

    def get_success_url(self) -> str:
        return address_of(self.stocktake)

    def _stays(self) -> str:
        """Say what is left alone."""
        figures = self.tally
        uncounted = figures.lines - figures.counted
        stays = [_("everything sold and received since it was counted")]
        if uncounted:
            stays.append(
                ngettext(
                    "%(lines)s product that nobody counted",
                    "%(lines)s products that nobody counted",
                    uncounted,
                )
                % {"lines": quantity(uncounted)}
            )
        return "; ".join(stays) + "."
