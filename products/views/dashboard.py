"""The dashboard: the shop's figures, and the list of products with its filters."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from products.forms.product_list import ProductList
from products.models import Product
from products.reports.figures import shop_figures
from products.reports.listing import as_rows
from products.views.addresses import history_header, with_state
from products.views.base import ListPage

# Each brings a line into the menu of a row.
IN_MENU = (
    "products.add_product",
    "products.change_product",
    "products.delete_product",
)


class DashboardView(ListPage):
    """Everything the list shows stands in the address; htmx fetches it as a part."""

    permission_required = "products.view_product"
    template_name = "products/dashboard.html"
    context_object_name = "products"

    listed: ProductList

    @property
    def sees_cost(self) -> bool:
        return self.request.user.has_perm("products.view_cost")

    def get_queryset(self) -> QuerySet[Product]:
        self.listed = ProductList(self.request.GET, sees_cost=self.sees_cost)
        rows = as_rows(self.listed.filter.qs, shelf_at=self._shelf_at())
        return self.listed.in_order(rows)

    def get_paginate_by(self, queryset: QuerySet[Product]) -> int:
        return self.listed.listing.page_size

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        figures = shop_figures(with_cost=self.sees_cost)
        narrowings = self.listed.filter.narrowings
        person = self.request.user
        has_menu = any(person.has_perm(permission) for permission in IN_MENU)
        return context | {
            "figures": figures,
            "has_several_locations": len(self.listed.locations) > 1,
            "filter": self.listed.filter.form,
            "listing": self.listed.listing,
            "address": self._address(page=context["page_obj"].number),
            "export_address": with_state(
                reverse("products:product_export"), self.listed.state
            ),
            "narrowings": [
                (one, self._address(without=one.name)) for one in narrowings
            ],
            "search_form": "" if figures.is_empty else "filters",
            "has_menu": has_menu,
            "has_actions": has_menu or person.has_perm("products.adjust_stock"),
        }

    def render_to_response(
        self, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        response = super().render_to_response(context, **kwargs)
        header = history_header(self.request, context["address"])
        if header:
            response.headers[header] = context["address"]
        return response

    def _shelf_at(self) -> int | None:
        """Return the location whose shelf codes are shown: the only one or the set one.

        With several and none set there is no telling which is meant.
        """
        if len(self.listed.locations) == 1:
            return self.listed.locations[0][0]
        chosen = self.listed.filter.form.state.get("location")
        return int(chosen) if chosen else None

    def _address(self, *, page: int = 1, without: str = "") -> str:
        """Return this list's address, with what is set and makes sense only."""
        state = dict(self.listed.state)
        state.pop(without, None)
        if page > 1:
            state["page"] = str(page)
        return with_state(reverse("products:dashboard"), state)
