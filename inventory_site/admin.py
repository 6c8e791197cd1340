"""The second door: Django's own admin, behind the sign-in page of the site."""

from dataclasses import dataclass
from functools import partial, wraps
from typing import Any
from urllib.parse import quote, unquote

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import get_script_prefix, reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.leaving import let_browser_forget
from products.templatetags.drawing import Stencil

LONGEST_TEXT = 10_000  # characters; SQLite searches for 50,000 bytes at most
MOST_APP_LISTS = 100  # kinds of people, that is sets of permissions, and languages
SIDE_BAR = Stencil("admin/side_bar.html", choices=("request.path", "apps"))


@dataclass(frozen=True, slots=True, eq=False)
class Apps:
    """What a person may manage, as the side bar lists it; equal to nothing else."""

    models: list[Any]

    def place(self, path: str) -> str:
        """Return the path in the list that the page of `path` belongs to, or ""."""
        path = quote(path)
        for app in self.models:
            if app["app_url"] in path:
                urls = [model["admin_url"] for model in app["models"]]
                found = [url for url in urls if url and url in path]
                return unquote(found[0] if found else app["app_url"])
        return ""


class InventoryAdminSite(admin.AdminSite):
    """Django's admin with our name; its login is the site's, so one throttle counts."""

    index_title = _("Manage the shop")

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.site_header = self.site_title = settings.SHOP_NAME
        self._apps: dict[tuple[object, ...], Apps] = {}

    def admin_view(
        self,
        view: Any,
        cacheable: bool = False,  # noqa: FBT001, FBT002  (Django's signature)
    ) -> Any:
        """Refuse a NUL in an address, which PostgreSQL refuses with an error page, and
        what is longer than SQLite searches for.

        And ask who may see a history before it is looked for: Django looks first, and
        so tells of rows somebody may not see whether there are any.
        """
        owner: Any = getattr(view, "__self__", None)
        is_history = getattr(view, "__name__", "") == "history_view"

        @wraps(view)
        def careful(request: HttpRequest, *args: object, **kwargs: object) -> Any:
            for text in request.GET.values():
                if "\0" in text or len(text) > LONGEST_TEXT:
                    raise BadRequest("NUL or too long a text in the address")
            if is_history and not owner.has_view_or_change_permission(request):
                raise PermissionDenied
            try:
                return view(request, *args, **kwargs)
            except (OverflowError, DataError) as error:
                # What a page of the admin writes is one transaction: nothing of it is.
                raise BadRequest("A number no database takes") from error

        return super().admin_view(careful, cacheable)

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[Any]:
        return self._apps_of(request, app_label).models

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the side bar, which is drawn when the page asks for it."""
        return super().each_context(request) | {
            "side_bar": partial(self._side_bar, request)
        }

    def _side_bar(self, request: HttpRequest) -> SafeString:
        apps = self._apps_of(request)
        return SIDE_BAR.fill([((), (apps.place(request.path), apps))])

    def _apps_of(self, request: HttpRequest, app_label: str | None = None) -> Apps:
        """Return what the person may manage, worked out once for all who may the same.

        It stands beside every page and is a fourth of its time; who may what depends on
        nothing but the person's permissions.
        """
        person = request.user
        rights = person.is_superuser or frozenset(person.get_all_permissions())
        key = (rights, app_label, get_language(), get_script_prefix())
        if key not in self._apps:
            if len(self._apps) >= MOST_APP_LISTS:
                self._apps.clear()
            self._apps[key] = Apps(super().get_app_list(request, app_label))
        return self._apps[key]

    @method_decorator(login_not_required)
    @method_decorator(secure_admin_login)
    def login(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Lead on whoever is in already: Django's own form would take any person's
        password there, past every limit and the second factor.
        """
        return HttpResponseRedirect(reverse("admin:index"))

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> Any:
        """Lead to the site's page, which counts wrong passwords and mails about it."""
        return HttpResponseRedirect(reverse("account_change_password"))

    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Sign out like the site's own button does."""
        response = super().logout(request, extra_context)
        let_browser_forget(response, None)  # nobody was asked about counts not sent
        return response
