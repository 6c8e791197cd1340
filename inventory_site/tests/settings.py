"""Settings under test: the product's own, without https, argon2's cost and mail.

The handler is built once a session, so what a middleware reads (https redirect)
can't be switched off by a fixture; it must stand here.
"""

import os

os.environ.update(
    DEBUG="false",
    SECRET_KEY="test-only-" + "x" * 50,
    SECURE_SSL_REDIRECT="false",
    SECURE_HSTS_INCLUDE_SUBDOMAINS="false",
    ALLOWED_HOSTS="localhost,127.0.0.1,testserver",
    CSRF_TRUSTED_ORIGINS="",
    CACHE_URL="locmemcache://",
    EMAIL_URL="",
    DEFAULT_FROM_EMAIL="",
    MEDIA_ROOT="",
    SITE_URL="",
    SHOP_NAME="Linden & Loom",
    SECRET_KEY_FALLBACKS="",
    CURRENCY="EUR",
    LANGUAGE_CODE="en",
    TIME_ZONE="UTC",
    REGISTRATION_OPEN="true",
    REQUIRE_MFA_FOR_ADMINS="false",
    DEMO="false",
    TRUSTED_PROXY_COUNT="0",
    SECURITY_LOG="",
    BREACHED_PASSWORDS="",
)

from inventory_site.settings import *  # noqa: F403 - the point of this file
from inventory_site.settings import BASE_DIR, DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# Whether or not somebody has collected them: the originals are what is tested.
STATIC_ROOT = BASE_DIR / "never-collected"
WHITENOISE_USE_FINDERS = True

_default = DATABASES["default"]
_test = _default.setdefault("TEST", {})
if _default["ENGINE"].endswith("sqlite3"):
    # On disk: SQLite's in-memory database has no real locks between threads, and
    # the race tests need them.
    _test["NAME"] = str(BASE_DIR / os.environ.get("TEST_DB_NAME", "test_db.sqlite3"))
elif "TEST_DB_NAME" in os.environ:
    _test["NAME"] = os.environ["TEST_DB_NAME"]
