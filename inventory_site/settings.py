"""Settings: what the environment decides, and what is the same for every shop.

Every variable that is read here is listed in the README under "Environment".
"""

from pathlib import Path

from django.contrib.messages import constants as message_levels

from inventory_site.account_settings import read_account_settings
from inventory_site.databases import tune
from inventory_site.environment import (
    env,
    read_bool,
    read_cache,
    read_choice,
    read_count,
    read_currency,
    read_database,
    read_folder,
    read_hosts,
    read_log_file,
    read_origins,
    read_secret_key,
    read_shop_name,
    read_time_zone,
)
from inventory_site.log_settings import logging_settings
from inventory_site.security_settings import read_security_settings

BASE_DIR = Path(__file__).resolve().parent.parent
env.read_env(BASE_DIR / ".env")

DEBUG = read_bool("DEBUG", default=False)
SECRET_KEY = read_secret_key()
ALLOWED_HOSTS = read_hosts("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = read_origins("CSRF_TRUSTED_ORIGINS")

# ---- the shop ------------------------------------------------------------
SHOP_NAME = read_shop_name("SHOP_NAME", default="Inventory")
CURRENCY = read_currency("CURRENCY", default="EUR")
DEMO = read_bool("DEMO", default=False)  # set by `make demo`: banner, known sign-ins

# ---- parts ---------------------------------------------------------------
INSTALLED_APPS = [
    "django.forms",  # so that FORM_RENDERER finds Django's own form templates
    "whitenoise.runserver_nostatic",
    "inventory_site.apps.SiteAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "inventory_site.apps.OurStaticFilesConfig",
    "django.contrib.humanize",
    "inventory_site.apps.InventorySiteConfig",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "tree_queries",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "accounts",
    "products",
]
MIDDLEWARE = [
    "inventory_site.security.requests.RequestIdMiddleware",
    "inventory_site.broken_off.BrokenOffMiddleware",
    "inventory_site.security.refusals.RefusalsMiddleware",
    # On every answer, the errors of those below included.
    "inventory_site.middleware.AnswerHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "inventory_site.static_files.StaticFilesMiddleware",
    "inventory_site.compression.PageCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "inventory_site.middleware.MethodsMiddleware",
    "inventory_site.uploads.UploadLimitMiddleware",  # before the body is read
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.middleware.LimitsMiddleware",
    "accounts.middleware.SessionSeenMiddleware",
]
ROOT_URLCONF = "inventory_site.urls"
WSGI_APPLICATION = "inventory_site.wsgi.application"
APPEND_SLASH = (
    False  # our routes have no trailing slash; urls.py redirects the other form
)
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "inventory_site.context_processors.shop",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
MESSAGE_TAGS = {message_levels.ERROR: "danger", message_levels.DEBUG: "secondary"}

# ---- database: DATABASE_URL decides --------------------------------------
DATABASES = {
    "default": tune(
        read_database("DATABASE_URL", default="sqlite:///db.sqlite3"),
        base_dir=BASE_DIR,
        connections=max(read_count("WEB_THREADS", default=8), 1),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Asked by /readyz: each takes a connection and names what that database lacks.
READINESS_CHECKS = [
    "products.models.guards.missing_guards",
    "products.models.word_index.missing_parts",
]
CACHES = {"default": read_cache("CACHE_URL", default="locmemcache://")}

# Work that would hold a request waits in the database for `manage.py db_worker`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# ---- accounts ------------------------------------------------------------
_accounts = read_account_settings()
vars().update(_accounts)
# Said once more for the type checker, which sees no other names.
SITE_URL: str = _accounts["SITE_URL"]
BREACHED_PASSWORDS: str = _accounts["BREACHED_PASSWORDS"]
REGISTRATION_OPEN: bool = _accounts["REGISTRATION_OPEN"]
REQUIRE_MFA_FOR_ADMINS: bool = _accounts["REQUIRE_MFA_FOR_ADMINS"]
EMAIL_IS_SET_UP: bool = _accounts["EMAIL_IS_SET_UP"]

# ---- security ------------------------------------------------------------
_security = read_security_settings(debug=DEBUG, demo=DEMO)
vars().update(_security)
COOKIE_PREFIX: str = _security["COOKIE_PREFIX"]
TRUSTED_PROXY_COUNT: int = _security["TRUSTED_PROXY_COUNT"]
SILENCED_SYSTEM_CHECKS: list[str] = _security["SILENCED_SYSTEM_CHECKS"]
if DATABASES["default"]["ENGINE"].endswith("mysql"):
    # allauth has unique constraints with conditions, which MariaDB doesn't
    # create (W036); ours have none.
    SILENCED_SYSTEM_CHECKS.append("models.W036")

# ---- static files and media ----------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# After `collectstatic` the hashed and compressed copies are served; before it
# WhiteNoise serves the originals where they stand.
WHITENOISE_USE_FINDERS = DEBUG or not (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_URL = "/media/"
MEDIA_ROOT = read_folder("MEDIA_ROOT", default=BASE_DIR / "media")
# Files that wait for their import have costs in them: never below MEDIA_ROOT, which a
# web server may hand out.
UPLOAD_ROOT = MEDIA_ROOT.with_name(f"{MEDIA_ROOT.name}-uploads")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "uploads": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": UPLOAD_ROOT, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "inventory_site.static_files.StaticFilesStorage"},
}

# ---- words, numbers, times -----------------------------------------------
# Each in its own words, for those who don't read the other one.
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
# Of commands, and of whoever asks for none of them.
LANGUAGE_CODE = read_choice("LANGUAGE_CODE", default="en", choices=dict(LANGUAGES))
LOCALE_PATHS = [BASE_DIR / "inventory_site" / "locale"]
FORMAT_MODULE_PATH = "inventory_site.formats"
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
USE_TZ = True
TIME_ZONE = read_time_zone("TIME_ZONE", default="UTC")

# ---- logs ----------------------------------------------------------------
SECURITY_LOG = read_log_file("SECURITY_LOG", base_dir=BASE_DIR)
LOGGING = logging_settings(SECURITY_LOG)
