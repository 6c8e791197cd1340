"""Holds, transfers and stocktakes in the admin: to read; the site moves them on."""

from django.contrib import admin
from django.db.models import Model, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from products.admin.base import ReadOnlyAdmin
from products.admin.searching import BySkuAdmin
from products.models import Hold, Stocktake, StocktakeLine, Transfer, TransferLine


@admin.register(Hold)
class HoldAdmin(BySkuAdmin, ReadOnlyAdmin):
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
    text_columns = ["reference"]
    search_help_text = _("An SKU, or words of one of the newest 10,000")
    list_select_related = ["location"]
    sortable_by = ["id"]
    ordering = ["-pk"]
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
class TransferAdmin(BySkuAdmin, ReadOnlyAdmin):
    list_display = ["__str__", "source", "destination", "state", "reference", "sent_at"]
    list_filter = ["state", "source", "destination"]
    text_columns = ["reference"]
    search_help_text = _("An SKU, or words of one of the newest 10,000")
    list_select_related = ["source", "destination"]
    ordering = ["-pk"]
    inlines = [TransferLineInline]

    def about(self, products: list[int]) -> Q:
        lines = TransferLine.objects.filter(product__in=products)
        return Q(pk__in=lines.values("transfer"))


@admin.register(Stocktake)
class StocktakeAdmin(BySkuAdmin, ReadOnlyAdmin):
    list_display = ["name", "location", "state", "created_by_label", "closed_at"]
    list_filter = ["state", "location"]
    text_columns = ["name"]
    search_help_text = _("An SKU, or words of one of the newest 10,000")
    list_select_related = ["location"]
    ordering = ["-pk"]

    def about(self, products: list[int]) -> Q:
        lines = StocktakeLine.objects.filter(product__in=products)
        return Q(pk__in=lines.values("stocktake"))
