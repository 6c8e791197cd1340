"""A page that changes many chosen products: which, what, how it would be, and done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.core.paginator import Page as Batch
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView

from products.forms.bulk import BulkForm
from products.forms.selection import Selection
from products.models import Operation
from products.reports.levels import has_several_locations
from products.services.bulk import (
    MOST,
    PlanOutdated,
    change_in_bulk,
    preview_bulk,
)
from products.services.bulk_plans import Item, Plan
from products.views.once import OncePage

ROWS = 50  # of each kind, a page
KINDS = ("changing", "same", "refused")


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A product of a plan in words; `old` and `new` are empty where nothing is set."""

    name: str
    sku: str
    url: str
    old: str
    new: str
    reason: str = ""
    units: int = 0


class SelectionPage:
    """What pages about chosen products share."""

    request: Any

    @cached_property
    def selection(self) -> Selection:
        """The products meant: posted from the list, or named in the address."""
        is_sent = self.request.method == "POST"
        return Selection(
            self.request.POST if is_sent else self.request.GET,
            sees_cost=self.request.user.has_perm("products.view_cost"),
        )

    @property
    def list_url(self) -> str:
        """The list they were chosen on, at the page it showed."""
        query = self.selection.query
        url = reverse("products:dashboard")
        return f"{url}?{query}" if query else url


class BulkPage(SelectionPage, OncePage, FormView):
    """Shows the plan of a change; what is sent with its digest is done, if it stands.

    The list posts the ticks: that asks, and so does the button “Show what happens”.
    Only what comes with `seen`, the digest of the plan on the page, changes anything.
    """

    form_class: type[BulkForm]
    icon = "check2-square"
    moves_stock = False

    @property
    def label(self) -> str:
        """The name of what changes."""
        raise NotImplementedError

    def words(self, name: str, value: Any) -> str:
        """Return an old or new value of a plan as the page writes it."""
        raise NotImplementedError

    def said(self, operation: Operation) -> str:
        """Return the success message."""
        return f"{operation.bulk_run}."

    @property
    def is_answer(self) -> bool:
        """Whether this page's own form was sent, not the ticks of the list."""
        return self.request.method == "POST" and "once_key" in self.request.POST

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if not self.is_answer:
            kwargs.pop("data", None)
            kwargs.pop("files", None)
        return kwargs

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if "seen" not in self.request.POST:
            return self.form_invalid(form)  # shows the plan
        return super().form_valid(form)

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        form = cast("BulkForm", form)
        try:
            operation = change_in_bulk(
                change=form.change(),
                product_ids=self.selection.ids,
                seen=self.request.POST["seen"],
                leaves_out=form.cleaned_data["leave_out"],
                circumstances=self.circumstances(reason=form.history_note()),
            )
        except PlanOutdated:
            form.ask_again()
            raise
        return self.said(operation), operation

    def answer_again(self, operation: Operation) -> str:
        return self.said(operation)

    def get_success_url(self) -> str:
        return self.list_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        plan = self._plan(context["form"])
        return context | {
            "selection": self.selection,
            "count": len(self.selection.ids),
            "is_too_many": len(self.selection.ids) > MOST,
            "most": MOST,
            "list_url": self.list_url,
            "icon": self.icon,
            "label": self.label,
            "moves": self.moves_stock,
            "plan": plan,
            "sees_cost": self.request.user.has_perm("products.view_cost"),
            "has_several_locations": has_several_locations(),
            **(self.shown(plan) if plan else {}),
        }

    def _plan(self, form: BulkForm) -> Plan | None:
        """Return what would happen, where enough is known to tell."""
        ids = self.selection.ids
        if not 0 < len(ids) <= MOST or (form.asks and not _is_told(form)):
            return None
        return preview_bulk(change=form.change(), product_ids=ids)

    def shown(self, plan: Plan) -> dict[str, Any]:
        """Return a page of each kind: the one that was asked for, or the first."""
        return {
            "changing": self._page("changing", plan.changing),
            "same": self._page("same", plan.same),
            "refused": self._page("refused", plan.refused),
            "is_turned": "turn" in self.request.POST,
        }

    @cached_property
    def _turned(self) -> dict[str, str]:
        """Which page of each kind is shown, by its button; a new plan begins anew."""
        sent = self.request.POST
        kind, _colon, page = sent.get("turn", "").partition(":")
        others = {other: sent.get(f"{other}_page", "") for other in KINDS if kind}
        return others | {kind: page}

    def _page(self, kind: str, items: Sequence[Item]) -> Batch:
        batch: Batch = Paginator(items, ROWS).get_page(self._turned.get(kind))
        batch.object_list = [
            ShownItem(
                item.name,
                item.sku,
                reverse("products:product_detail", args=[item.product_id]),
                self.words("old", item.old),
                self.words("new", item.new),
                item.reason,
                item.units,
            )
            for item in batch.object_list
        ]
        return batch


def _is_told(form: BulkForm) -> bool:
    """Say whether every field is sent and makes sense, whatever a service refused."""
    fields = set(form.fields)
    return form.is_bound and not fields & set(form.errors)
