"""The address of a list, and how htmx keeps it in the browser's history."""

from collections.abc import Mapping
from urllib.parse import parse_qs, urlencode, urlsplit

from django.http import HttpRequest

from products.views.base import address_behind, htmx_of


def with_state(path: str, state: Mapping[str, str]) -> str:
    """Return the address of a list that shows `state`."""
    return f"{path}?{urlencode(state)}" if state else path


def history_header(request: HttpRequest, address: str) -> str:
    """Name the htmx header that makes `address` the browser's; "" where it is already.

    A longer or shorter search replaces the one before it: Back then leaves the search
    at once, not letter by letter.
    """
    before = address_behind(request)
    if not htmx_of(request) or before in {"", address}:
        return ""
    is_typing = _searched(before) and _searched(address)
    is_other_search = _searched(before) != _searched(address)
    return "HX-Replace-Url" if is_typing and is_other_search else "HX-Push-Url"


def _searched(address: str) -> list[str]:
    return parse_qs(urlsplit(address).query).get("q", [])
