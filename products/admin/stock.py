"""Locations and stock levels in the admin; figures are moved by the services only."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from products.admin.base import ReadOnlyAdmin
from products.admin.filters import ChosenFilter
from products.admin.lists import IndexedAdmin
from products.admin.searching import BySkuAdmin
from products.errors import InventoryError
from products.forms.locations import LocationAdminForm
from products.models import Location, StockLevel
from products.services.locations import make_default


@admin.register(Location)
class LocationAdmin(IndexedAdmin):
    form = LocationAdminForm
    list_display = ["name", "code", "kind", "priority", "is_default", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["name", "code"]
    ordering = ["priority", "name", "pk"]
    fields = ["name", "code", "kind", "priority", "is_active", "is_default"]
    readonly_fields = ["is_default"]
    actions = ["make_default"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Leave the kind as it was made: products count the stock of each kind."""
        return [*self.readonly_fields, *(["kind"] if obj else [])]

    @admin.action(
        description=_("Make the selected location the default"), permissions=["change"]
    )
    def make_default(self, request: HttpRequest, queryset: QuerySet[Location]) -> None:
        if queryset.count() != 1:
            messages.error(request, _("Select one location."))
            return
        location = queryset.get()
        try:
            make_default(location_id=location.pk)
        except InventoryError as error:
            messages.error(request, error.message)
        else:
            messages.success(
                request, _("“%s” is the default location now.") % location.name
            )

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Levels without stock go with their location.

        History holds it back, and a shop is never without a default.
        """
        gone, counts, needed, protected = super().get_deleted_objects(objs, request)
        kept = [
            _("“%s” is the default location. Make another one the default first.") % one
            for one in objs
            if one.is_default
        ]
        return gone, counts, needed, [*kept, *protected]


@admin.register(StockLevel)
class StockLevelAdmin(BySkuAdmin, ReadOnlyAdmin):
    list_display = ["product", "location", "on_hand", "reserved", "shelf"]
    list_only = [
        "product__name",
        "location__name",
        "on_hand",
        "reserved",
        "shelf",
    ]
    list_filter = [("product", ChosenFilter), "location"]
    list_select_related = ["product", "location"]
    ordering = ["-pk"]
    fields = ["product", "location", "on_hand", "reserved", "value", "shelf"]

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        fields = list(self.fields or [])
        may_see_cost = request.user.has_perm("products.view_cost")
        return [name for name in fields if may_see_cost or name != "value"]
