"""Where a link of ours begins; never with the Host header, which the client writes."""

from typing import Final

from django.conf import settings

ANYWHERE: Final = "*"


def site_url() -> str:
    """Return SITE_URL, or as a guess the first name of ALLOWED_HOSTS."""
    if settings.SITE_URL:
        return settings.SITE_URL
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    known = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != ANYWHERE]
    return f"{scheme}://{known[0] if known else 'localhost'}"


def link_to(path: str) -> str:
    """Return the address of `path`, as it stands in a mail."""
    return site_url() + path
