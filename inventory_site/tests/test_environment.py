"""What the environment decides, read as at the start of the program."""

import re
import runpy
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

from inventory_site import account_settings, security_settings, settings

Start = Callable[..., dict[str, Any]]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Runs the settings in an empty folder, with nothing but the given variables."""
    module = tmp_path / "inventory_site" / "settings.py"
    module.parent.mkdir()
    shutil.copy(settings.__file__, module)

    def _start(**variables: str) -> dict[str, Any]:
        monkeypatch.setattr(environ.Env, "ENVIRON", {"SECRET_KEY": "k", **variables})
        return runpy.run_path(str(module))

    return _start


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALLOWED_HOSTS", "https://shop.example.com"),
        ("ALLOWED_HOSTS", "shop.example.com shop2.example.com"),
        ("CACHE_URL", "memory"),
        ("CACHE_URL", "nonsense://x"),
        ("CSRF_TRUSTED_ORIGINS", "shop.example.com"),
        ("CURRENCY", "EURO"),
        ("DATABASE_URL", "shop.sqlite3"),
        ("DATABASE_URL", "oracle://u:p@h/n"),
        ("DATABASE_URL", "postgres://u:p@h:port/n"),
        ("DEBUG", "flase"),
        ("DEFAULT_FROM_EMAIL", "shop"),
        ("DEMO", "2"),
        ("EMAIL_URL", "mail.example.com"),
        ("EMAIL_URL", "smtp+tls://"),
        ("LANGUAGE_CODE", "klingon"),
        ("MEDIA_ROOT", "inventory_site/settings.py"),
        ("REGISTRATION_OPEN", "maybe"),
        ("REQUIRE_MFA_FOR_ADMINS", "perhaps"),
        ("SECRET_KEY", ""),
        ("SECURE_SSL_REDIRECT", "https"),
        ("SHOP_NAME", "x" * 61),
        ("SHOP_NAME", "two\nlines"),
        ("SITE_URL", "shop.example.com"),
        ("SITE_URL", "ftp://shop.example.com"),
        ("SITE_URL", "https://shop.example.com/stock"),
        ("SITE_URL", "https://user:word@shop.example.com"),
        ("TIME_ZONE", "Berlin"),
        ("TRUSTED_PROXY_COUNT", "-1"),
        ("TRUSTED_PROXY_COUNT", "1.5"),
    ],
)
def test_nonsense_stops_the_start_and_is_named(
    start: Start, name: str, value: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"^{name} .*\.$"):
        start(**{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres://shop:hidden/word@h/n"),
        ("EMAIL_URL", "smtp://shop:hidden/word@h"),
    ],
)
def test_complaint_never_repeats_a_password(
    start: Start, name: str, value: str
) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        start(**{name: value})
    assert "hidden" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_defaults(start: Start, tmp_path: Path) -> None:
    read = start()
    assert read["DEBUG"] is False
    assert read["DATABASES"]["default"]["NAME"] == str(tmp_path / "db.sqlite3")
    assert read["DATABASES"]["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert read["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert read["MEDIA_ROOT"] == tmp_path / "media"
    assert read["REGISTRATION_OPEN"] is True
    assert read["SECURE_SSL_REDIRECT"] is True
    assert read["ACCOUNT_EMAIL_VERIFICATION"] == "none"
    assert (read["SHOP_NAME"], read["CURRENCY"]) == ("Inventory", "EUR")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///data/shop.sqlite3", "data/shop.sqlite3"),
        ("sqlite:////srv/shop.sqlite3", "/srv/shop.sqlite3"),
    ],
)
def test_relative_database_file_stands_beside_manage_py(
    start: Start, tmp_path: Path, url: str, path: str
) -> None:
    read = start(DATABASE_URL=url)
    assert read["DATABASES"]["default"]["NAME"] == str(tmp_path / path)


def test_demo_and_shop_on_one_machine_keep_their_sign_ins_apart(start: Start) -> None:
    shop, demo = start(), start(DEMO="true")
    assert shop["SESSION_COOKIE_NAME"] != demo["SESSION_COOKIE_NAME"]
    assert shop["CSRF_COOKIE_NAME"] != demo["CSRF_COOKIE_NAME"]


def test_example_file_lists_every_variable_and_starts(
    start: Start, tmp_path: Path
) -> None:
    source = Path(settings.__file__)
    read = [
        source,
        Path(account_settings.__file__),
        Path(security_settings.__file__),
        source.with_name("gunicorn.py"),
    ]
    code = "".join(path.read_text() for path in read)
    read_names = set(re.findall(r'\bread_\w+\(\s*"([A-Z_]+)"', code))
    example = (source.parents[1] / ".env.example").read_text()
    listed = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    assert listed == read_names | {"SECRET_KEY"}
    (tmp_path / ".env").write_text(example)
    assert start()["SHOP_NAME"] == "Inventory"


def test_empty_value_counts_as_not_set(start: Start) -> None:
    names = ("DATABASE_URL", "REGISTRATION_OPEN", "CURRENCY", "MEDIA_ROOT", "DEBUG")
    filled = {name: value for name, value in start().items() if name.isupper()}
    emptied = start(**dict.fromkeys(names, ""))
    assert {name: emptied[name] for name in filled} == filled


def test_file_beside_manage_py_is_read(start: Start, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "SHOP_NAME=Linden\nALLOWED_HOSTS=a.example, b.example\n"
    )
    read = start()
    assert read["SHOP_NAME"] == "Linden"
    assert read["ALLOWED_HOSTS"] == ["a.example", "b.example"]


def test_environment_goes_before_the_file(start: Start, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SHOP_NAME=Linden\n")
    assert start(SHOP_NAME="Loom")["SHOP_NAME"] == "Loom"


@pytest.mark.parametrize(
    ("url", "engine"),
    [("postgres://u:p@h:5432/n", "postgresql"), ("mysql://u:p@h:3306/n", "mysql")],
)
def test_database_servers(start: Start, url: str, engine: str) -> None:
    database = start(DATABASE_URL=url)["DATABASES"]["default"]
    assert database["ENGINE"] == f"django.db.backends.{engine}"
    assert (database["HOST"], database["NAME"]) == ("h", "n")


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("https://shop.example.com", "https://shop.example.com"),
        ("https://Shop.example.com/", "https://shop.example.com"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
        ("", ""),
    ],
)
def test_address_of_the_site(start: Start, value: str, url: str) -> None:
    assert start(SITE_URL=value)["SITE_URL"] == url


def test_old_keys_are_kept(start: Start) -> None:
    read = start(SECRET_KEY_FALLBACKS="one, two,")
    assert read["SECRET_KEY_FALLBACKS"] == ["one", "two"]
    assert start()["SECRET_KEY_FALLBACKS"] == []


def test_mail_makes_verification_mandatory(start: Start) -> None:
    read = start(EMAIL_URL="smtp+tls://u:p@mail.example.com:587")
    assert read["ACCOUNT_EMAIL_VERIFICATION"] == "mandatory"
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"]) == ("mail.example.com", 587)


def test_forwarded_headers_are_believed_behind_a_proxy_only(start: Start) -> None:
    assert "SECURE_PROXY_SSL_HEADER" not in start()
    behind = start(TRUSTED_PROXY_COUNT="1")
    assert behind["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_security_log_goes_to_a_file_or_to_the_error_output(
    start: Start, tmp_path: Path
) -> None:
    unset, named = start()["LOGGING"], start(SECURITY_LOG="seen.log")["LOGGING"]
    assert unset["handlers"]["security"]["class"].endswith(".ErrorOutput")
    assert named["handlers"]["security"]["filename"] == str(tmp_path / "seen.log")


@pytest.mark.parametrize("value", ["off", "none", ".", "nowhere/seen.log", "false"])
def test_security_log_can_not_be_switched_off(start: Start, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECURITY_LOG must be a file"):
        start(SECURITY_LOG=value)


def test_hsts_of_subdomains_is_the_owners_to_decide(start: Start) -> None:
    assert start()["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is False
    decided = start(SECURE_HSTS_INCLUDE_SUBDOMAINS="true")
    assert decided["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True


@pytest.mark.parametrize("value", ["nowhere.txt", "/nowhere/pwned.txt", "/"])
def test_list_of_breached_passwords_must_be_there(start: Start, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="BREACHED_PASSWORDS must be the"):
        start(BREACHED_PASSWORDS=value)


def test_https_brings_secure_cookies_and_hsts(start: Start) -> None:
    with_https, without = start(), start(SECURE_SSL_REDIRECT="false")
    assert with_https["SESSION_COOKIE_SECURE"]
    assert with_https["CSRF_COOKIE_SECURE"]
    assert with_https["SECURE_HSTS_SECONDS"] > 0
    assert not without["SESSION_COOKIE_SECURE"]
    assert not without["SECURE_HSTS_SECONDS"]
