"""Taking a location into use again."""

from django.utils.translation import gettext as _

from products.models import Location
from products.services.locations import activate_location
from products.views.location_buttons import LocationButton


class LocationActivateView(LocationButton):
    """Stock can go there again."""

    def act(self, location: Location) -> str:
        activate_location(location_id=location.pk)
        return _("“%s” is in use again.") % location.name
