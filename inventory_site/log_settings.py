"""Where lines go: the ordinary ones, and those of the security log."""

from typing import Any

from inventory_site.security.lines import handler_config

PLAIN = "%(asctime)s %(levelname)s %(name)s [%(request_id)s]: %(message)s"


def logging_settings(security_log: str) -> dict[str, Any]:
    """Return Django's LOGGING; the file is for security, "" its error output."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": "inventory_site.security.requests.RequestIdFilter"}
        },
        "formatters": {
            "plain": {"format": PLAIN},
            "security": {"()": "inventory_site.security.lines.JsonLine"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "plain",
                "filters": ["request_id"],
            },
            "security": handler_config(security_log),
        },
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            # Without its own handlers, which would write every line a second time.
            "django": {"handlers": [], "level": "INFO"},
            "security": {
                "handlers": ["security"],
                "level": "INFO",
                "propagate": False,
            },
        },
    }
