"""The second door: Django's own admin, behind the sign-in page of the site."""

from functools import wraps
from typing import Any

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
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.leaving import let_browser_forget

LONGEST_TEXT = 10_000  # characters; SQLite searches for 50,000 bytes at most
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
