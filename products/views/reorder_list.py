"""What to order, by supplier."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from products.forms.filters import SearchField
from products.forms.reorder import ReorderFilterForm
from products.reports.levels import has_several_locations
from products.reports.reorder import Need, reorder_needs, sum_up, suppliers_of
from products.views.base import Page

ROWS = 50
MOST = 2_000  # needs of the shop that a page reads


class ReorderNeeds(Page):
    """Reads the needs that the address asks for."""

    most: int | None = None

    @cached_property
    def searched(self) -> str:
        return str(SearchField(required=False).clean(self.request.GET.get("find")))

    @cached_property
    def all_needs(self) -> list[Need]:
        """Every need that the search finds, of all suppliers."""
        return reorder_needs(search=self.searched, most=self.most)

    @property
    def is_cut(self) -> bool:
        """Whether there may be more than were read."""
        return self.most is not None and len(self.all_needs) >= self.most

    @cached_property
    def form(self) -> ReorderFilterForm:
        suppliers = suppliers_of(self.all_needs)
        asked = ReorderFilterForm.supplier_in(self.request.GET.get("by", ""))
        if self.is_cut and asked is not None and asked not in suppliers:
            suppliers = [asked, *suppliers]
        return ReorderFilterForm(self.request.GET, suppliers=suppliers)

    @cached_property
    def needs(self) -> list[Need]:
        """Those of the chosen supplier."""
        chosen = self.form.supplier
        if chosen is None:
            return self.all_needs
        if self.is_cut:
            return reorder_needs(search=self.searched, supplier=chosen, most=self.most)
        return [need for need in self.all_needs if need.supplier == chosen]


class ReorderListView(ReorderNeeds, TemplateView):
    """Each supplier's part has its sum and its file; cost for those who may see it."""

    permission_required = "products.view_product"
    template_name = "products/reorder_list.html"
    most = MOST

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paginator = Paginator(self.needs, ROWS)
        page = paginator.get_page(self.request.GET.get("page"))
        rows = list(page.object_list)
        return super().get_context_data(**kwargs) | {
            "filter": self.form,
            "is_narrowed": bool(self.form.state),
            "page_obj": page,
            "groups": self._groups(rows),
            "cut_at": len(self.needs) if self.is_cut else None,
            "sums": sum_up(self.needs),
            "sees_cost": self.request.user.has_perm("products.view_cost"),
            "has_several_locations": has_several_locations(),
        }

    def _groups(self, rows: list[Need]) -> list[dict[str, Any]]:
        """Return the rows of this page under their suppliers, with the whole sums."""
        groups = []
        for supplier in suppliers_of(rows):
            own = [need for need in self.needs if need.supplier == supplier]
            groups.append(
                {
                    "name": supplier or _("No supplier"),
                    "key": self.form.key_of(supplier),
                    "sums": sum_up(own),
                    "needs": [need for need in rows if need.supplier == supplier],
                }
            )
        return groups
