"""Every address of the site. The apps list their own; none has a trailing slash."""

from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from inventory_site.appearance import AppearanceChooseView
from inventory_site.health import healthz, readyz
from inventory_site.media import MediaView
from inventory_site.shortcuts import ShortcutListView
from inventory_site.slashes import without_slash


class Shortcut(RedirectView):
    """Leads a reader on; a form posted here has lost its way and is refused."""

    http_method_names = ["get", "head"]
    query_string = True


handler400 = "inventory_site.security.refusals.bad_request"
handler500 = "inventory_site.busy.server_error"

urlpatterns = [
    path("", Shortcut.as_view(pattern_name="products:dashboard"), name="home"),
    path("admin", Shortcut.as_view(pattern_name="admin:index")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("media/<path:name>", MediaView.as_view(), name="media"),
    path("account/shortcuts", ShortcutListView.as_view(), name="shortcut_list"),
    path(
        "account/appearance",
        AppearanceChooseView.as_view(),
        name="appearance_choose",
    ),
    path("", include("accounts.urls")),
    path("", include("products.urls")),
    re_path(r"^(?P<route>.+)/$", without_slash),
]
