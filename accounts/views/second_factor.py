"""The second factor: what one has, the app, the recovery codes."""

from typing import Any

import qrcode
from allauth.mfa.base import views as base_views
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes_views
from allauth.mfa.totp import views as totp_views
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.forms.second_factor import AppSetUpForm
from accounts.services.second_factor import must_set_up_second_factor
from inventory_site.security.events import Event, note

QUIET_ZONE = 2  # modules around the code; it stands on a light ground of its own


class SecondFactorView(base_views.IndexView):
    """What one has, and the way to more; where admins without one are kept."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        known = context["authenticators"]
        codes = known.get(Authenticator.Type.RECOVERY_CODES)
        return context | {
            "app": known.get(Authenticator.Type.TOTP),
            "passkeys": known.get(Authenticator.Type.WEBAUTHN, []),
            "codes_left": len(codes.get_unused_codes()) if codes else None,
            "must_set_up": must_set_up_second_factor(self.request.user),
        }


class AppSetUpView(totp_views.ActivateTOTPView):
    """A QR code for the app, and its first code back."""

    form_class = AppSetUpForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        modules = _modules(context["totp_url"])
        return context | {
            "secret": " ".join(groups),
            "qr_size": len(modules),
            "qr_path": _path(modules),
        }


class AppRemoveView(totp_views.DeactivateTOTPView):
    """Asks, then takes the app away; recovery codes go with the last factor."""


@method_decorator(never_cache, name="dispatch")
class CodesView(codes_views.ViewRecoveryCodesView):
    """The recovery codes that are not used yet."""

    def render_to_response(self, *args: Any, **options: Any) -> HttpResponse:
        note(Event.RECOVERY_CODES_SHOWN)
        response: HttpResponse = super().render_to_response(*args, **options)
        return response


class CodesDownloadView(codes_views.DownloadRecoveryCodesView):
    """The same as a text file."""

    def render_to_response(self, *args: Any, **options: Any) -> HttpResponse:
        note(Event.RECOVERY_CODES_SHOWN, file=True)
        response: HttpResponse = super().render_to_response(*args, **options)
        return response


class CodesNewView(codes_views.GenerateRecoveryCodesView):
    """Asks, then makes ten new codes; the old ones are worth nothing."""


def _modules(text: str) -> list[list[bool]]:
    code = qrcode.QRCode(border=QUIET_ZONE)
    code.add_data(text)
    modules: list[list[bool]] = code.get_matrix()
    return modules


def _path(modules: list[list[bool]]) -> str:
    """Return the dark modules as one SVG path; a picture file would need a script."""
    return "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(modules)
        for x, is_dark in enumerate(row)
        if is_dark
    )
