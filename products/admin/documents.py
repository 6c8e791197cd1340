"""Holds, transfers and stocktakes in the admin: to read; the site moves them on."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from products.admin.base import ReadOnlyAdmin
from products.models import Hold, Stocktake, Transfer, TransferLine


@admin.register(Hold)
class HoldAdmin(ReadOnlyAdmin):
    list_display = [
        "id",
        "sku",
        "location",
        "quantity",
        "reference",
        "expires_at",
        "state",
    ]
    list_filter = ["state", "location"]
    search_fields = ["sku", "reference"]
    list_select_related = ["location"]
    fields = [
        "sku",
        "location",
        "quantity",
        "reference",
        "expires_at",
        "state",
        "closed_at",
        "operation",
    ]


class TransferLineInline(admin.TabularInline):
    """Seen by whoever sees the transfer: lines have no permissions of their own."""

    model = TransferLine
    fields = ["sku", "quantity", "received", "lost", "extra"]
    can_delete = False
    extra = 0

    def has_view_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return request.user.has_perm("products.view_transfer")

    def has_add_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False


@admin.register(Transfer)
class TransferAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "source", "destination", "state", "reference", "sent_at"]
    list_filter = ["state", "source", "destination"]
    search_fields = ["reference", "lines__sku"]
    list_select_related = ["source", "destination"]
    inlines = [TransferLineInline]


@admin.register(Stocktake)
class StocktakeAdmin(ReadOnlyAdmin):
    list_display = ["name", "location", "state", "created_by_label", "closed_at"]
    list_filter = ["state", "location"]
    search_fields = ["name", "lines__sku"]
    list_select_related = ["location"]
