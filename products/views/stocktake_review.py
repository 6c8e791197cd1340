"""What was counted against the books, and what somebody decides about it."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import ngettext
from django.views.generic import FormView

from products.forms.stocktakes import StocktakeReviewForm
from products.models import Operation, Product, Stocktake
from products.models.stored import DECIMALS
from products.reports.stocktakes import tally
from products.services.stocktake_decisions import ask_recount, confirm_lines, leave_out
from products.services.stocktake_judging import Outcome
from products.services.stocktake_results import outcomes_of
from products.views.base import FormPage
from products.views.one_stocktake import APPLY, OneStocktake, address_of

ROWS = 50
SHOWN = ("differences", "decide", "uncounted", "agreeing")


class StocktakeReviewView(OneStocktake, FormPage, FormView):
    """`?show=` narrows the lines to one of SHOWN; without it, what matters most.

    The buttons `confirm`, `recount` and `leave` act on the ticked lines.
    """

    permission_required = APPLY
    form_class = StocktakeReviewForm
    template_name = "products/stocktake_review.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.stocktake.state not in {
            Stocktake.State.COUNTING,
            Stocktake.State.REVIEW,
        }:
            return self.go_to_stocktake()
        return super().get(request, *args, **kwargs)

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """Every line with its figures, shelf by shelf."""
        lines = self.stocktake.lines.order_by("shelf", "sku", "pk")
        lines = lines.defer("value_difference")  # of an application undone since
        return list(outcomes_of(self.stocktake, lines))

    @cached_property
    def tally(self) -> Any:
        return tally(self.outcomes)

    @cached_property
    def shown(self) -> str:
        asked = self.request.GET.get("show")
        if asked in SHOWN:
            return asked
        return "decide" if self.tally.undecided else "differences"

    @cached_property
    def listed(self) -> list[Outcome]:
        return [one for one in self.outcomes if _belongs(one, self.shown)]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "lines": [outcome.line.pk for outcome in self.listed]
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.listed, ROWS).get_page(self.request.GET.get("page"))
        rows = list(page.object_list)
        ids = [outcome.line.product_id for outcome in rows]
        found = Product.objects.select_related("category").defer(*DECIMALS)
        products = found.in_bulk(ids)
        return super().get_context_data(**kwargs) | {
            "tally": self.tally,
            "shown": self.shown,
            "page_obj": page,
            "rows": [(one, products.get(one.line.product_id)) for one in rows],
            "listed_count": len(self.listed),
            "is_review": self.stocktake.state == Stocktake.State.REVIEW,
        }

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        form = cast("StocktakeReviewForm", form)
        ids, note = form.chosen(), form.cleaned_data["note"]
        stocktake_id = self.stocktake.pk
        self.done_url = self.request.get_full_path()
        if "recount" in self.request.POST:
            number = ask_recount(stocktake_id=stocktake_id, line_ids=ids)
            self.done_url = address_of(self.stocktake)
            return _say_recount(number), None
        if "leave" in self.request.POST:
            number = leave_out(stocktake_id=stocktake_id, line_ids=ids, note=note)
            return _say_left(number), None
        number = confirm_lines(
            stocktake_id=stocktake_id, line_ids=ids, note=note, author=self.author
        )
        return _say_confirmed(number), None

    def get_success_url(self) -> str:
        return self.done_url or reverse("products:stocktake_list")


def _belongs(outcome: Outcome, shown: str) -> bool:
    if shown == "decide":
        return outcome.need is not None
    if shown == "uncounted":
        return outcome.counted is None
    if shown == "agreeing":
        return outcome.difference == 0
    return bool(outcome.difference)


def _say_recount(number: int) -> str:
    return ngettext(
        "%(count)d line is to be counted again.",
        "%(count)d lines are to be counted again.",
        number,
    ) % {"count": number}


def _say_left(number: int) -> str:
    return ngettext(
        "%(count)d line is left out. Its stock stays as it is.",
        "%(count)d lines are left out. Their stock stays as it is.",
        number,
    ) % {"count": number}


def _say_confirmed(number: int) -> str:
    return ngettext(
        "%(count)d line is confirmed.", "%(count)d lines are confirmed.", number
    ) % {"count": number}
