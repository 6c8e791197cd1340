"""The project itself as an app, and Django's admin under our name."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.contrib.staticfiles.apps import StaticFilesConfig


class InventorySiteConfig(AppConfig):
    """Brings the templates' context, the error pages and the deployment checks."""

    name = "inventory_site"

    def ready(self) -> None:
        """Registers the checks, which are functions found only by importing them, and
        how SQLite reads times.
        """
        from inventory_site import checks  # noqa: F401 - it registers them
        from inventory_site.sqlite_times import read_spoilt_times

        read_spoilt_times()


class SiteAdminConfig(admin_apps.AdminConfig):
    """Puts `inventory_site.admin.InventoryAdminSite` in the place of Django's."""

    default_site = "inventory_site.admin.InventoryAdminSite"


class OurStaticFilesConfig(StaticFilesConfig):
    """Leaves out what no page of ours loads: collecting takes half as long."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "htmax-*",
        "htmx-4*",
        "django_htmx/ext/*",
        "admin/js/vendor/xregexp/xregexp.js",
        "admin/js/vendor/jquery/jquery.js",
        "admin/js/vendor/select2/select2.full.js",
    ]
