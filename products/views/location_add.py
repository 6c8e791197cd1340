"""Adding a location."""

from django.utils.translation import gettext as _

from products.models import Location
from products.views.base import CreatePage
from products.views.location_forms import LocationFormPage


class LocationAddView(LocationFormPage, CreatePage):
    """From the second location on, every page says where."""

    permission_required = "products.add_location"
    template_name = "products/location_add.html"

    def said(self, location: Location) -> str:
        return _("“%s” added. Stock can go there now.") % location.name
