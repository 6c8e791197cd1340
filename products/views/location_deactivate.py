"""Taking a location out of use."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from products.models import Location, Operation
from products.services.locations import deactivate_location, why_in_use
from products.views.base import DeletePage
from products.views.location_forms import stock_locations


class LocationDeactivateView(DeletePage):
    """Asks first; says what stands against it instead, where something does."""

    permission_required = "products.change_location"
    template_name = "products/location_deactivate.html"
    context_object_name = "location"

    object: Location

    def get_queryset(self) -> QuerySet[Location]:
        return stock_locations()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"reasons": why_in_use(self.object)}

    def get_success_url(self) -> str:
        return reverse("products:location_list")

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        deactivate_location(location_id=self.object.pk)
        return _("“%s” is not in use any more.") % self.object.name, None
