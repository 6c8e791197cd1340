"""Transfers: what is drafted, on the way, and done."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from products.forms.filters import SearchField
from products.models import Transfer
from products.reports.transfers import TABS, count_by_tab, find_transfers, has_two_ends
from products.views.base import ListPage

NAMES = {
    "open": _("Open"),
    "draft": _("Drafts"),
    "way": _("On the way"),
    "received": _("Received"),
    "cancelled": _("Cancelled"),
}


class TransferListView(ListPage):
    """`?state=` is a tab, `?find=` a number, a reference or a SKU."""

    permission_required = "products.view_transfer"
    template_name = "products/transfer_list.html"
    context_object_name = "transfers"
    paginate_by = 25

    @property
    def tab(self) -> str:
        asked = self.request.GET.get("state", "")
        return asked if asked in TABS else "open"

    @property
    def searched(self) -> str:
        return str(SearchField(required=False).clean(self.request.GET.get("find")))

    def get_queryset(self) -> QuerySet[Transfer]:
        return find_transfers(TABS[self.tab], self.searched)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = count_by_tab()
        return super().get_context_data(**kwargs) | {
            "tab": self.tab,
            "tabs": [(tab, NAMES[tab], counts[tab]) for tab in TABS],
            "searched": self.searched,
            "is_empty": not any(counts.values()),
            "has_two_ends": has_two_ends(),
        }
