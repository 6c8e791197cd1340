"""What every page knows: the shop's name, its currency, its places."""

from functools import cache

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from inventory_site.remembered import remembered
from inventory_site.sections import section
from products.reports.levels import has_several_locations
from products.templatetags.drawing import granted_to


def _here(request: HttpRequest) -> str:
    """Return the path of a page that the navigation may name; "" of any other.

    What is drawn once for each such path must not be drawn for every product.
    """
    match = request.resolver_match
    return request.path if match and not (match.args or match.kwargs) else ""


def shop(request: HttpRequest) -> dict[str, object]:
    # Some errors are answered before anybody has looked who it is.
    person = getattr(request, "user", AnonymousUser())
    return {
        "shop_name": settings.SHOP_NAME,
        "currency": settings.CURRENCY,
        "is_demo": settings.DEMO,
        "registration_open": settings.REGISTRATION_OPEN,
        # Each is one of two, whatever the cookie says (appearance.py).
        "theme": "dark" if remembered(request, "theme") == "dark" else "",
        "density": "compact" if remembered(request, "density") == "compact" else "",
        "here": _here(request),
        "section": section(request.resolver_match),
        "searched": request.GET.get("q", ""),
        # Asked when a page shows something: the doors know nobody.
        "granted": cache(lambda: granted_to(person)),
        # For the navigation: one query, where the page itself has not asked.
        "has_several_locations": SimpleLazyObject(
            lambda: person.is_authenticated and has_several_locations()
        ),
    }
