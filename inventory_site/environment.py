"""Strict readers for the environment: a nonsense value stops the start.

django-environ reads every unknown word as False and passes a broken URL on to
the database driver. An operator who wrote `DEBUG=flase` must be told, so each
reader here raises ImproperlyConfigured with a sentence that names the variable.
URLs carry passwords, so no sentence repeats one. An empty value counts as not set.
"""

import os
import re
import zoneinfo
from collections.abc import Callable, Collection
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import environ
from babel.numbers import list_currencies
from django.core.exceptions import ImproperlyConfigured

TRUE = {"true", "1", "yes", "on"}
FALSE = {"false", "0", "no", "off"}
DATABASE_ENGINES = {
    f"django.db.backends.{name}" for name in ("sqlite3", "postgresql", "mysql")
}
# What Django itself accepts in a Host header, a leading dot for all subdomains,
# or * for every host.
HOST = re.compile(r"\*|\.?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[a-f0-9:.]+\]", re.IGNORECASE)
LONGEST_SHOP_NAME = 60
ORIGIN = re.compile(r"https?://[^/\s]+", re.IGNORECASE)
SITE_URL = re.compile(
    r"https?://([a-z0-9-]+(\.[a-z0-9-]+)*|\[[a-f0-9:.]+\])(:[0-9]{1,5})?/?",
    re.IGNORECASE,
)

env = environ.Env()


def read_text(name: str, *, default: str = "") -> str:
    """Return `name` without blanks around it, or `default` when it is empty."""
    return str(env.str(name, default="")).strip() or default


def read_bool(name: str, *, default: bool) -> bool:
    """Return the truth of `name`; only the words of TRUE and FALSE are known."""
    word = read_text(name, default=str(default)).lower()
    if word not in TRUE | FALSE:
        raise _complaint(name, f"must be true or false, not “{word}”")
    return word in TRUE


def read_count(name: str, *, default: int) -> int:
    """Return `name` as a whole number, zero or more."""
    digits = read_text(name, default=str(default))
    if not re.fullmatch(r"[0-9]{1,6}", digits):
        raise _complaint(name, f"must be a whole number from 0 up, not “{digits}”")
    return int(digits)


def read_choice(name: str, *, default: str, choices: Collection[str]) -> str:
    """Return `name` where it is one of `choices`."""
    word = read_text(name, default=default).lower()
    if word not in choices:
        raise _complaint(name, f"must be {' or '.join(choices)}, not “{word}”")
    return word


def read_secret_key() -> str:
    """Return SECRET_KEY; it has no default, because a known key opens every door."""
    key = read_text("SECRET_KEY")
    if not key:
        raise _complaint(
            "SECRET_KEY",
            "is not set. Copy .env.example to .env and put a long random text there;"
            " `make run` does it for you",
        )
    return key


def read_old_keys(name: str) -> list[str]:
    """Return keys that once were SECRET_KEY: what they signed or encrypted is read."""
    return [key.strip() for key in read_text(name).split(",") if key.strip()]


def read_shop_name(name: str, *, default: str) -> str:
    """Return a name that fits on one line of the page."""
    shop = read_text(name, default=default)
    if len(shop) > LONGEST_SHOP_NAME or not shop.isprintable():
        raise _complaint(
            name, f"must be one line of at most {LONGEST_SHOP_NAME} letters"
        )
    return shop


def read_currency(name: str, *, default: str) -> str:
    """Return an ISO 4217 code that Babel can format."""
    code = read_text(name, default=default).upper()
    if code not in list_currencies():
        raise _complaint(name, f"must be a currency code such as EUR, not “{code}”")
    return code


def read_time_zone(name: str, *, default: str) -> str:
    """Return the name of a zone of the IANA database."""
    zone = read_text(name, default=default)
    if zone not in zoneinfo.available_timezones():
        raise _complaint(
            name, f"must be a time zone such as Europe/Berlin, not “{zone}”"
        )
    return zone


def read_hosts(name: str, *, default: list[str]) -> list[str]:
    """Return host names and addresses, without scheme, port or path."""
    example = "must list host names such as shop.example.com"
    return _read_list(name, default, HOST, example)


def read_origins(name: str) -> list[str]:
    """Return origins: scheme and host, and a port where it isn't the usual one."""
    example = "must list origins such as https://shop.example.com"
    return _read_list(name, [], ORIGIN, example)


def read_site_url(name: str) -> str:
    """Return where the site is reached, without a slash at its end; empty if unset."""
    url = read_text(name)
    if url and not SITE_URL.fullmatch(url):
        raise _complaint(
            name,
            "must be the address of the site without a path, such as"
            f" https://shop.example.com, not “{url}”",
        )
    return url.rstrip("/").lower()


def read_folder(name: str, *, default: Path) -> Path:
    """Return a folder, which needn't exist; a relative one stands beside manage.py."""
    folder = default.parent / read_text(name, default=default.name)
    if folder.exists() and not folder.is_dir():
        raise _complaint(name, f"must be a folder, and “{folder}” is a file")
    return folder


def read_log_file(name: str, *, base_dir: Path) -> str:
    """Return a file to append to; a relative one stands beside manage.py.

    Empty if unset: the error output. There is no word to switch the log off.
    """
    text = read_text(name)
    if not text:
        return ""
    path = base_dir / text
    if text.lower() in TRUE | FALSE | {"none", "null"}:
        raise _complaint(
            name,
            f"must be a file, not “{text}”. Leave it empty for the error output; it"
            " can't be switched off",
        )
    if path.is_dir() or not path.parent.is_dir():
        raise _complaint(name, f"must be a file in a folder there is, not “{text}”")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise _complaint(name, f"must be a file one can write, and “{text}” isn't")
    return str(path)


def read_list(name: str) -> str:
    """Return the whole path of a file to look things up in; empty if unset."""
    text = read_text(name)
    path = Path(text)
    if text and not (
        path.is_absolute() and path.is_file() and os.access(path, os.R_OK)
    ):
        raise _complaint(
            name, f"must be the whole path of a file one can read, not “{text}”"
        )
    return text


def read_address(name: str, *, default: str) -> str:
    """Return an e-mail address, with or without a name before it."""
    address = read_text(name, default=default)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(address)[1]):
        raise _complaint(
            name, f"must be an address such as shop@example.com, not “{address}”"
        )
    return address


def read_database(name: str, *, default: str) -> dict[str, Any]:
    """Return Django's database settings for a URL of one of the three engines."""
    example = (
        "must start with sqlite:///, postgres:// or mysql://,"
        " for example postgres://user:password@127.0.0.1:5432/shop"
    )
    url = read_text(name, default=default)
    if "://" not in url:
        raise _complaint(name, example)
    config = _parse(name, environ.Env.db_url_config, url, example)
    if config.get("ENGINE") not in DATABASE_ENGINES:
        raise _complaint(name, example)
    return config


def read_cache(name: str, *, default: str) -> dict[str, Any]:
    """Return Django's cache settings for a URL such as redis://127.0.0.1:6379/1."""
    example = (
        "must be a URL such as locmemcache://, dbcache://django_cache"
        " or redis://127.0.0.1:6379/1"
    )
    url = read_text(name, default=default)
    return _parse(name, environ.Env.cache_url_config, url, example)


def read_email(name: str) -> dict[str, Any]:
    """Return Django's e-mail settings, or an empty dict when `name` is not set."""
    example = "must be a URL such as smtp+tls://user:password@mail.example.com:587"
    url = read_text(name)
    if not url:
        return {}
    config = _parse(name, environ.Env.email_url_config, url, example)
    if url.startswith("smtp") and not config["EMAIL_HOST"]:
        raise _complaint(name, example)
    return config


def _read_list(
    name: str, default: list[str], pattern: re.Pattern[str], example: str
) -> list[str]:
    words = [word.strip() for word in read_text(name).split(",") if word.strip()]
    for word in words:
        if not pattern.fullmatch(word):
            raise _complaint(name, f"{example}, not “{word}”")
    return words or default


def _parse(
    name: str, reader: Callable[[str], Any], url: str, example: str
) -> dict[str, Any]:
    try:
        return dict(reader(url))
    except (ValueError, KeyError, environ.ImproperlyConfigured):
        # `from None`: the reader's own words may hold a part of the password.
        raise _complaint(name, example) from None


def _complaint(name: str, what: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {what}.")
