"""The settings of security: what browsers are told, and how cookies are named."""

from typing import Any, Final

from csp.constants import NONE, SELF

from inventory_site.environment import read_bool, read_count

YEAR: Final = 31_536_000  # seconds

FIXED: Final[dict[str, Any]] = {
    # A supervisor asks inside the machine, without https.
    "SECURE_REDIRECT_EXEMPT": [r"^healthz$", r"^readyz$"],
    "SECURE_REFERRER_POLICY": "same-origin",
    "X_FRAME_OPTIONS": "DENY",
    "CSRF_FAILURE_VIEW": "inventory_site.security.refusals.csrf_failure",
    "CONTENT_SECURITY_POLICY": {
        "DIRECTIVES": {
            **{key: [NONE] for key in ("default-src", "base-uri", "object-src")},
            **{key: [SELF] for key in ("script-src", "style-src", "font-src")},
            **{key: [SELF] for key in ("connect-src", "manifest-src", "form-action")},
            "img-src": [SELF, "data:"],  # the glyphs in Bootstrap's style sheet
            "frame-ancestors": [NONE],
        },
    },
    "MESSAGE_STORAGE": "inventory_site.flashes.FlashStorage",
    # No script of ours reads one of these; forms and htmx carry the token themselves.
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_ENGINE": "accounts.session_store",
    "CSRF_COOKIE_HTTPONLY": True,
    "LANGUAGE_COOKIE_HTTPONLY": True,
    # Strict would sign people out who come by a link in a mail.
    "SESSION_COOKIE_SAMESITE": "Lax",
    "CSRF_COOKIE_SAMESITE": "Lax",
    "LANGUAGE_COOKIE_SAMESITE": "Lax",
    "LANGUAGE_COOKIE_AGE": YEAR,
    "DATA_UPLOAD_MAX_MEMORY_SIZE": 2_621_440,
    # The variant maker posts six fields a row.
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": 10_000,
}


def read_security_settings(*, debug: bool, demo: bool) -> dict[str, Any]:
    """Return the settings of security; what the environment decides is read now."""
    is_https = read_bool("SECURE_SSL_REDIRECT", default=not debug)
    proxies = read_count("TRUSTED_PROXY_COUNT", default=0)
    read = {
        **FIXED,
        # Whether other hosts of the domain speak https (W005), and whether it belongs
        # on the browsers' preload list (W021), is the owner's to say.
        "SILENCED_SYSTEM_CHECKS": ["security.W005", "security.W021"],
        "SECURE_SSL_REDIRECT": is_https,
        "SECURE_HSTS_SECONDS": YEAR if is_https else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": read_bool(
            "SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False
        ),
        "TRUSTED_PROXY_COUNT": proxies,
        "ALLAUTH_TRUSTED_PROXY_COUNT": proxies,
        **_cookies(is_https=is_https, demo=demo),
    }
    if proxies:
        # Without a proxy of ours in front, a client could write this header itself.
        read["SECURE_PROXY_SSL_HEADER"] = ("HTTP_X_FORWARDED_PROTO", "https")
    return read


def _cookies(*, is_https: bool, demo: bool) -> dict[str, Any]:
    """Name the cookies; browsers keep a `__Host-` one for this host and https alone.

    Cookies know no port: the demo beside the shop on one machine needs its own names.
    """
    prefix = ("__Host-" if is_https else "") + ("demo_" if demo else "")
    return {
        "COOKIE_PREFIX": prefix,
        "SESSION_COOKIE_NAME": f"{prefix}sessionid",
        "CSRF_COOKIE_NAME": f"{prefix}csrftoken",
        "LANGUAGE_COOKIE_NAME": f"{prefix}language",
        "SESSION_COOKIE_SECURE": is_https,
        "CSRF_COOKIE_SECURE": is_https,
        "LANGUAGE_COOKIE_SECURE": is_https,
    }
