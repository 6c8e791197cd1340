"""The second factor in our words, its secrets encrypted; allauth does the rest."""

import base64
import secrets
from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names, messages, and secrets that a stolen backup doesn't give away."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This did not fit. Try the next code."),
        "unverified_email": gettext_lazy(
            "Confirm your e-mail first: sign out and in, and a link is mailed to you."
        ),
    }

    def get_totp_issuer(self) -> str:
        return settings.SHOP_NAME

    def _get_site_name(self) -> str:
        return settings.SHOP_NAME

    def generate_authenticator_name(
        self,
        user: AbstractBaseUser,
        type: Authenticator.Type,  # noqa: A002 - allauth's
    ) -> str:
        known = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %d") % (known + 1) if known else _("Passkey")

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; where SECRET_KEY has changed, one that no code fits.

        Not an empty one: everybody can reckon its codes.
        """
        try:
            return _keys().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


def encrypted_anew(encrypted_text: str) -> str | None:
    """Return the same secret under SECRET_KEY; None where no key of ours reads it."""
    try:
        return _keys().rotate(encrypted_text.encode()).decode()
    except InvalidToken:
        return None


def _keys() -> MultiFernet:
    known = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in known])


def _derived(key: str | bytes) -> bytes:
    digest = salted_hmac(
        "accounts.second_factor", "secrets", secret=key, algorithm="sha256"
    ).digest()
    return base64.urlsafe_b64encode(digest)
