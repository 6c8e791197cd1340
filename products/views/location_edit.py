"""Editing a location."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from products.models import Location
from products.views.base import UpdatePage
from products.views.location_forms import LocationFormPage, stock_locations


class LocationEditView(LocationFormPage, UpdatePage):
    """Name, code and order; what stands there stays."""

    permission_required = "products.change_location"
    template_name = "products/location_edit.html"

    def get_queryset(self) -> QuerySet[Location]:
        return stock_locations()

    def said(self, location: Location) -> str:
        return _("“%s” saved.") % location.name
