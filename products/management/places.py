"""Which location a command means."""

from django.core.management.base import CommandError

from products.fields import fold_key, is_storable
from products.models import Location


def location_with_code(code: str | None) -> Location:
    """Return the location in use with this code, in any case; the default for None.

    Raises CommandError that lists the codes there are.
    """
    if code is None:
        return Location.objects.get_default()
    places = (
        Location.objects.stocked() if is_storable(code) else Location.objects.none()
    )
    location = places.filter(code_key=fold_key(code)).first()
    if location is None:
        known = ", ".join(each.code for each in Location.objects.stocked())
        message = f"No location has the code “{code}”. There are: {known}."
        raise CommandError(message)
    return location
