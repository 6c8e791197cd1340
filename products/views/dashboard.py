"""The dashboard: the shop's figures, and the list of products with its filters."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.generic import TemplateView

from products.forms.list_tabs import ShownView, ViewBar
from products.forms.listing import key_text
from products.forms.product_list import ProductList
from products.models.stretches import Key
from products.reports.figures import Day, Figures, recent_days, shop_figures
from products.reports.needs import Kind, Need, needs_of
from products.reports.product_counts import (
    Found,
    count_afterwards,
    count_by_index,
    count_found,
)
from products.reports.product_pages import ProductPage, product_page
from products.reports.saved_views import views_of
from products.views.addresses import history_header, with_state
from products.views.base import Page

# Each brings a line into the menu of a row.
IN_MENU = (
    "products.add_product",
    "products.change_product",
    "products.delete_product",
)
# What can be done with several products at once.
FOR_SEVERAL = (
    "products.change_product",
    "products.adjust_stock",
    "products.export_products",
)
# Nobody is told of what somebody else has to see to.
SEES_TO = {
    Kind.OUT: "products.adjust_stock",
    Kind.LOW: "products.adjust_stock",
    Kind.COUNT: "products.count_stock",
    Kind.TRANSFER: "products.transfer_stock",
    Kind.REFUSED: "products.import_products",
    Kind.PREVIEW: "products.import_products",
    Kind.HOLD: "products.hold_stock",
}


class DashboardView(Page, TemplateView):
    """Everything the list shows stands in the address; htmx fetches it as a part.

    With `count` in the address the products are counted even if that takes long: up to
    a limit, or `all` of them.
    """

    permission_required = "products.view_product"
    template_name = "products/dashboard.html"

    listed: ProductList
    shown: ShownView

    @property
    def sees_cost(self) -> bool:
        return self.request.user.has_perm("products.view_cost")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.shown = ShownView.of(
            self.request.GET, views_of(int(self.request.user.pk or 0))
        )
        self.listed = ProductList(self.shown.asked, sees_cost=self.sees_cost)
        listing = self.listed.listing
        columns = self.shown.columns(sees_cost=self.sees_cost)
        counted = self._count()
        page = product_page(
            self.listed.asked,
            place=listing.place,
            size=listing.page_size,
            shelf_at=self._shelf_at(),
            are_few=counted is not None and counted.are_few,
            columns=columns,
        )
        figures = shop_figures(with_cost=self.sees_cost)
        here = self._address(self._place_shown())
        count_url = f"{here}{'&' if '?' in here else '?'}count="
        person = self.request.user
        has_menu = any(person.has_perm(permission) for permission in IN_MENU)
        return super().get_context_data(**kwargs) | {
            "products": page.rows,
            "columns": columns,
            "previous_url": self._beside("before", page.previous),
            "next_url": self._beside("after", page.next),
            "found": counted or self._count_afterwards(page, figures),
            "figures": figures,
            "days": self._days(figures),
            "needs": self._needs(figures),
            "has_several_locations": len(self.listed.locations) > 1,
            "filter": self.listed.filter.form,
            "listing": listing,
            "address": here,
            "list_key": urlencode(self.listed.filter.form.state),
            "count_url": f"{count_url}some",
            "count_all_url": f"{count_url}all",
            "export_address": with_state(
                reverse("products:product_export"), self.listed.state
            ),
            "narrowings": [
                (one, self._address(without=one.name))
                for one in self.listed.filter.narrowings
            ],
            "view_bar": ViewBar.of(self.shown, self.listed, address=here),
            "searched": self.listed.state.get("q", ""),
            "search_form": "" if figures.is_empty else "filters",
            "can_select": any(person.has_perm(one) for one in FOR_SEVERAL),
            "has_menu": has_menu,
            "has_actions": has_menu or person.has_perm("products.adjust_stock"),
        }

    def _count(self) -> Found | None:
        """Count before the page: what was asked for, or what an index counts."""
        asked = self.listed.asked
        how_many = self.request.GET.get("count")
        if how_many in {"some", "all"}:
            return count_found(asked, is_all=how_many == "all")
        return count_by_index(asked)

    def _count_afterwards(self, page: ProductPage, figures: Figures) -> Found | None:
        return count_afterwards(
            self.listed.asked,
            page,
            listed=figures.skus,
            is_small=figures.as_of is None,
            is_whole=not self.listed.filter.form.state,
        )

    def _days(self, figures: Figures) -> tuple[Day, ...]:
        if figures.is_empty:
            return ()
        return recent_days(with_cost=self.sees_cost, on_demand=figures.as_of is None)

    def _needs(self, figures: Figures) -> list[Need]:
        may = self.request.user.has_perm
        kinds = {kind for kind, permission in SEES_TO.items() if may(permission)}
        return needs_of(kinds, low=figures.low, out=figures.out)

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
            return int(self.listed.locations[0][0])
        chosen = self.listed.filter.form.state.get("location")
        return int(chosen) if chosen else None

    def _place_shown(self) -> dict[str, str]:
        """Return what names this page among those of the list."""
        place = self.listed.listing.place
        if place.key is None:
            return {}
        return {"before" if place.is_backwards else "after": key_text(place.key)}

    def _beside(self, side: str, key: Key | None) -> str:
        return self._address({side: key_text(key)}) if key else ""

    def _address(
        self, more: Mapping[str, str] | None = None, *, without: str = ""
    ) -> str:
        """Return this list's address, with what is set and makes sense only."""
        state = {**self.listed.state, **(more or {})}
        state.pop(without, None)
        return self.shown.address(state)
