"""Settings: what the environment decides, and what is the same for every shop.

Every variable that is read here is listed in the README under "Environment".
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels

from inventory_site.account_settings import read_account_settings
from inventory_site.databases import tune
from inventory_site.environment import (
    env,
    read_bool,
    read_cache,
    read_count,
    read_currency,
    read_database,
    read_folder,
    read_hosts,
    read_origins,
    read_secret_key,
    read_shop_name,
    read_time_zone,
)

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
    "django.middleware.security.SecurityMiddleware",
    "inventory_site.static_files.StaticFilesMiddleware",
    "inventory_site.compression.PageCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "inventory_site.middleware.PermissionsPolicyMiddleware",
    "inventory_site.middleware.PrivatePagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "inventory_site.uploads.UploadLimitMiddleware",  # before the body is read
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
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

# Whether other hosts of the domain speak https (W005), and whether it belongs on the
# browsers' preload list (W021), is the owner's to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if DATABASES["default"]["ENGINE"].endswith("mysql"):
    # allauth has unique constraints with conditions, which MariaDB doesn't
    # create (W036); ours have none.
    SILENCED_SYSTEM_CHECKS.append("models.W036")

# ---- accounts ------------------------------------------------------------
_accounts = read_account_settings()
vars().update(_accounts)
# Said once more for the type checker, which sees no other names.
SITE_URL: str = _accounts["SITE_URL"]
REGISTRATION_OPEN: bool = _accounts["REGISTRATION_OPEN"]
REQUIRE_MFA_FOR_ADMINS: bool = _accounts["REQUIRE_MFA_FOR_ADMINS"]
EMAIL_IS_SET_UP: bool = _accounts["EMAIL_IS_SET_UP"]

# ---- security ------------------------------------------------------------
SECURE_SSL_REDIRECT = read_bool("SECURE_SSL_REDIRECT", default=not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
# A supervisor asks inside the machine, without https.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
TRUSTED_PROXY_COUNT = read_count("TRUSTED_PROXY_COUNT", default=0)
if TRUSTED_PROXY_COUNT:
    # Without a proxy of ours in front, a client could write this header itself.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
# Cookies know no port: the demo beside the shop on one machine needs names of its own.
SESSION_COOKIE_NAME = "demo_sessionid" if DEMO else "sessionid"
CSRF_COOKIE_NAME = "demo_csrftoken" if DEMO else "csrftoken"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **{key: [NONE] for key in ("default-src", "base-uri", "object-src")},
        **{key: [SELF] for key in ("script-src", "style-src", "font-src")},
        **{key: [SELF] for key in ("connect-src", "manifest-src", "form-action")},
        "img-src": [SELF, "data:", "blob:"],  # Bootstrap's glyphs; picture previews
        "frame-ancestors": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # the variant maker posts six fields a row

# ---- static files and media ----------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# After `collectstatic` the hashed and compressed copies are served; before it
# WhiteNoise serves the originals where they stand.
WHITENOISE_USE_FINDERS = DEBUG or not (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
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
LANGUAGE_CODE = "en"
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
USE_TZ = True
TIME_ZONE = read_time_zone("TIME_ZONE", default="UTC")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Without its own handlers, which would write every line a second time.
    "loggers": {"django": {"handlers": [], "level": "INFO"}},
}
