"""Devices: how one is named, where it is, and whether a person signed in there before.

A device that somebody has signed in from carries a signed cookie with a random number
for that person. Wrong passwords from it are counted apart from those of strangers, so
that nobody is locked out by somebody else's guessing; and a sign-in without the cookie
is mailed about.
"""

import ipaddress
import re
import secrets
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.models import User

LIFETIME: Final = timedelta(days=365)
PEOPLE_KEPT: Final = 5  # who share one browser; a cookie can't grow for ever
SALT: Final = "accounts.devices"

# The first that fits: most browsers name the others too.
BROWSERS: Final = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Safari/"),
)
SYSTEMS: Final = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("macOS", r"Mac OS X|Macintosh"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux"),
)

HANDHELDS: Final = {"iPhone", "iPad", "Android"}


def device_name(user_agent: str) -> str:
    """Return “Firefox on Windows”, or as much of it as the browser says."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown device")


def is_handheld(user_agent: str) -> bool:
    return _first(SYSTEMS, user_agent) in HANDHELDS


def place_name(ip: str) -> str:
    """Return where an address is, as far as that can be said without asking anybody."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ip
    if address.is_loopback:
        return _("The server itself")
    if address.is_private:
        return _("Local network, %s") % ip
    return ip


def device_key(request: HttpRequest, person: User) -> str:
    """Return the number this device has for `person`; empty on one he never used."""
    return _known(request).get(str(person.pk), "")


def device_key_of_email(request: HttpRequest, email: str) -> str:
    """The same by e-mail; a query only where the device has signed in anybody."""
    known = _known(request)
    person = find_by_email(email) if known else None
    return known.get(str(person.pk), "") if person else ""


def find_by_email(email: str) -> User | None:
    """Return whose address somebody typed; one query for any that could be one."""
    # PostgreSQL takes no null character.
    is_asked = email and "\0" not in email
    return User.objects.filter(email=email).first() if is_asked else None


def remember_device(request: HttpRequest, response: HttpResponse, person: User) -> None:
    """Let the browser carry from now on that `person` signed in there."""
    known = _known(request)
    own = known.pop(str(person.pk), "") or secrets.token_urlsafe(12)
    newest = [(str(person.pk), own), *known.items()][:PEOPLE_KEPT]
    response.set_cookie(
        _cookie_name(),
        signing.dumps(dict(newest), salt=SALT),
        max_age=LIFETIME,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _cookie_name() -> str:
    # Like the session's: the demo beside the shop has names of its own.
    return settings.SESSION_COOKIE_NAME.replace("sessionid", "device")


def _known(request: HttpRequest) -> dict[str, str]:
    signed = request.COOKIES.get(_cookie_name(), "")
    try:
        known: dict[str, str] = signing.loads(signed, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return {}
    return known


def _first(patterns: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for name, pattern in patterns if re.search(pattern, text)), "")
