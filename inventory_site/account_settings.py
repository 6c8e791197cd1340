"""The settings of accounts: who may come in, and how often one may try."""

from typing import Any, Final

from inventory_site.environment import (
    read_address,
    read_bool,
    read_email,
    read_list,
    read_old_keys,
    read_site_url,
)

_VALIDATION: Final = "django.contrib.auth.password_validation"

# Attempts/time/whose: per client address (ip) and per account (key). They are counted
# in the cache, so several processes need a shared one (CACHE_URL).
RATE_LIMITS: Final = {
    "login": "",  # ours is “sign_in”
    "sign_in": "30/m/ip",  # posts of the form, right or wrong, from a strange device
    "login_failed": "10/m/ip,5/5m/key",  # wrong ones from a strange device
    # Wrong ones from a device the person has signed in from: no stranger's guessing, at
    # whatever address, locks him out there.
    "login_failed_known": "5/5m/key",
    "signup": "20/m/ip",
    # Mails that anybody can have sent to one address, whether it has an account or not.
    "mail_to": "3/15m/key",
    "manage_email": "5/15m/user",
    "reset_password": "20/m/ip,3/15m/key",  # mails to one address
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    # What costs the shop much, by views that name it in `limited`: more than a hand can
    # do, and than products/benchmarks/mixed.py does as one person.
    "export": "60/m/user",
    "import": "120/m/user",
}

FIXED: Final[dict[str, Any]] = {
    "AUTH_USER_MODEL": "accounts.User",
    "AUTHENTICATION_BACKENDS": ["accounts.backends.RoleBackend"],
    "PASSWORD_HASHERS": [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ],
    "AUTH_PASSWORD_VALIDATORS": [
        {"NAME": "accounts.validators.MaximumLengthValidator"},
        {"NAME": "accounts.validators.ShopWordsValidator"},
        {
            "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
            "OPTIONS": {"user_attributes": ("name", "email")},
        },
        {"NAME": f"{_VALIDATION}.MinimumLengthValidator"},
        {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
        {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
        {"NAME": "accounts.breached.BreachedPasswordValidator"},
    ],
    "LOGIN_URL": "account_login",
    "LOGOUT_REDIRECT_URL": "account_login",
    "LOGIN_REDIRECT_URL": "products:dashboard",
    # Seconds; a mail server that doesn't answer must not hold a page.
    "EMAIL_TIMEOUT": 10,
    "ACCOUNT_ADAPTER": "accounts.adapter.AccountAdapter",
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
    "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
    "ACCOUNT_RATE_LIMITS": RATE_LIMITS,
    "MFA_ADAPTER": "accounts.second_factor.SecondFactorAdapter",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_TOTP_TOLERANCE": 1,  # the code before and after: phones' clocks differ
}


def read_account_settings() -> dict[str, Any]:
    """Return the settings of accounts; what the environment decides is read now."""
    mail = read_email("EMAIL_URL")
    has_mail = bool(mail)
    sender = read_address("DEFAULT_FROM_EMAIL", default="inventory@localhost")
    return {
        **FIXED,
        **mail,
        "SECRET_KEY_FALLBACKS": read_old_keys("SECRET_KEY_FALLBACKS"),
        "REGISTRATION_OPEN": read_bool("REGISTRATION_OPEN", default=True),
        "REQUIRE_MFA_FOR_ADMINS": read_bool("REQUIRE_MFA_FOR_ADMINS", default=False),
        "BREACHED_PASSWORDS": read_list("BREACHED_PASSWORDS"),
        "SITE_URL": read_site_url("SITE_URL"),
        "EMAIL_IS_SET_UP": has_mail,
        "DEFAULT_FROM_EMAIL": sender,
        "SERVER_EMAIL": sender,
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory" if has_mail else "none",
        "MFA_ALLOW_UNVERIFIED_EMAIL": not has_mail,  # nobody could verify one
        "ACCOUNT_EMAIL_NOTIFICATIONS": has_mail,  # “your password was changed”
    }
