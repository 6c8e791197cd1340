"""The locations of the shop."""

from typing import Any

from django.db.models import QuerySet

from products.models import Location
from products.reports.places import with_stock
from products.views.base import ListPage


class LocationListView(ListPage):
    """Every location that takes stock, with what is there."""

    permission_required = "products.view_location"
    template_name = "products/location_list.html"
    context_object_name = "locations"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Location]:
        return with_stock(with_cost=self.request.user.has_perm("products.view_cost"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        count = context["paginator"].count
        return context | {"has_several_locations": count > 1}
