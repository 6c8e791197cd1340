"""What every page knows: the shop's name, its currency, its places."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from products.reports.levels import has_several_locations


def shop(request: HttpRequest) -> dict[str, object]:
    return {
        "shop_name": settings.SHOP_NAME,
        "currency": settings.CURRENCY,
        "is_demo": settings.DEMO,
        "registration_open": settings.REGISTRATION_OPEN,
        "theme": request.COOKIES.get("theme", ""),
        # For the navigation: one query, where the page itself has not asked.
        "has_several_locations": SimpleLazyObject(has_several_locations),
    }
