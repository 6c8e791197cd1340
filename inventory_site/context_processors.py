"""What every page knows: the shop's name, its currency, its places."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from products.reports.levels import has_several_locations
from products.templatetags.stencils import granted_to


def _here(request: HttpRequest) -> str:
    """Return the path of a page that the navigation may name; "" of any other.

    What is drawn once for each such path must not be drawn for every product.
    """
    match = request.resolver_match
    return request.path if match and not (match.args or match.kwargs) else ""


def shop(request: HttpRequest) -> dict[str, object]:
    return {
        "shop_name": settings.SHOP_NAME,
        "currency": settings.CURRENCY,
        "is_demo": settings.DEMO,
        "registration_open": settings.REGISTRATION_OPEN,
        "theme": request.COOKIES.get("theme", ""),
        "here": _here(request),
        # Asked when a page shows something: the doors know nobody.
        "granted": cache(lambda: granted_to(request.user)),
        # For the navigation: one query, where the page itself has not asked.
        "has_several_locations": SimpleLazyObject(has_several_locations),
    }
