"""What adding and editing a location share."""

from typing import Any, cast

from django.db.models import QuerySet
from django.forms import BaseForm
from django.urls import reverse

from products.forms.locations import LocationForm
from products.models import Location, Operation
from products.services.locations import save_location
from products.views.base import FormPage


def stock_locations() -> QuerySet[Location]:
    """Return the locations people put stock into, those out of use too."""
    return Location.objects.filter(kind=Location.Kind.STOCK)


class LocationFormPage(FormPage):
    """A form whose location is stored by the service."""

    model = Location
    form_class = LocationForm

    def get_success_url(self) -> str:
        return reverse("products:location_list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "cancel_url": self.get_success_url()
        }

    def said(self, location: Location) -> str:
        """Return the success message."""
        raise NotImplementedError

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        location = save_location(location=cast("LocationForm", form).instance)
        return self.said(location), None
