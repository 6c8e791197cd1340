"""The second door: Django's own admin, behind the sign-in page of the site."""

from functools import wraps
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

MOST_APP_LISTS = 100  # kinds of people, that is sets of permissions, and languages


class InventoryAdminSite(admin.AdminSite):
    """Django's admin with our name; its login is the site's, so one throttle counts."""

    index_title = _("Manage the shop")

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.site_header = self.site_title = settings.SHOP_NAME
        self._app_lists: dict[tuple[object, ...], list[Any]] = {}

    def admin_view(
        self,
        view: Any,
        cacheable: bool = False,  # noqa: FBT001, FBT002  (Django's signature)
    ) -> Any:
        """Refuse a NUL in an address, which PostgreSQL refuses with an error page."""

        @wraps(view)
        def careful(request: HttpRequest, *args: object, **kwargs: object) -> Any:
            if any("\0" in text for text in request.GET.values()):
                raise BadRequest("NUL in the address")
            return view(request, *args, **kwargs)

        return super().admin_view(careful, cacheable)

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[Any]:
        """Return what the person may manage, worked out once for all who may the same.

        It stands beside every page and is a tenth of its time; who may what depends on
        nothing but the person's permissions.
        """
        person = request.user
        rights = person.is_superuser or frozenset(person.get_all_permissions())
        key = (rights, app_label, get_language(), get_script_prefix())
        if key not in self._app_lists:
            if len(self._app_lists) >= MOST_APP_LISTS:
                self._app_lists.clear()
            self._app_lists[key] = super().get_app_list(request, app_label)
        return self._app_lists[key]

    @method_decorator(login_not_required)
    @method_decorator(secure_admin_login)
    def login(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        return super().login(request, extra_context)
