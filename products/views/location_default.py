"""Making a location the default."""

from django.utils.translation import gettext as _

from products.models import Location
from products.services.locations import make_default
from products.views.location_buttons import LocationButton


class LocationDefaultView(LocationButton):
    """The default is meant where none is named: on forms, in imports, in commands."""

    def act(self, location: Location) -> str:
        make_default(location_id=location.pk)
        return _("“%s” is the default location now.") % location.name
