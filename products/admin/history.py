"""Operations, movements, changes, imports, closings, digests in the admin: to read."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from products.admin.base import ReadOnlyAdmin
from products.admin.filters import ChosenFilter, KindFilter, NewestFilter
from products.admin.searching import BySkuAdmin, ByTextAdmin
from products.models import (
    Closing,
    Digest,
    ImportRun,
    Operation,
    ProductChange,
    StockMovement,
)

COST_FIELDS = {"unit_cost", "value_delta", "value_after"}


@admin.register(Operation)
class OperationAdmin(ByTextAdmin, ReadOnlyAdmin):
    list_display = ["id", "kind", "created_at", "actor_label", "source", "reference"]
    list_only = [str(name) for name in list_display]
    list_filter = [
        "kind",
        ("source", NewestFilter),
    ]
    text_columns = ["actor_label", "reference", "reason"]
    sortable_by = ["id"]
    ordering = ["-pk"]


@admin.register(StockMovement)
class StockMovementAdmin(BySkuAdmin, ReadOnlyAdmin):
    list_display = [
        "id",
        "sku",
        "location",
        "kind",
        "delta",
        "balance_after",
        "recorded_at",
        "actor",
    ]
    list_only = [
        "sku",
        "location__name",
        "kind",
        "delta",
        "balance_after",
        "recorded_at",
        "operation__actor_label",
    ]
    list_filter = [
        ("product", ChosenFilter),
        ("kind", KindFilter),
        "location",
    ]
    list_select_related = ["location", "operation"]
    # By the time they are in the same order, which no index of a kind or place has.
    sortable_by = ["id"]
    ordering = ["-pk"]

    @admin.display(description=_("by"))
    def actor(self, movement: StockMovement) -> str:
        return movement.operation.actor_label

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        names = [str(field) for field in super().get_fields(request, obj)]
        may_see_cost = request.user.has_perm("products.view_cost")
        return [name for name in names if may_see_cost or name not in COST_FIELDS]


@admin.register(ProductChange)
class ProductChangeAdmin(BySkuAdmin, ReadOnlyAdmin):
    list_display = ["id", "sku", "what", "when", "actor"]
    list_only = [
        "sku",
        "operation__kind",
        "operation__created_at",
        "operation__actor_label",
    ]
    list_filter = [("product", ChosenFilter)]
    list_select_related = ["operation"]
    sortable_by = ["id"]
    ordering = ["-pk"]
    fields = ["operation", "sku", "before_text", "after_text"]
    readonly_fields = ["before_text", "after_text"]

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Leave the cost out of what is shown to people who may not see it."""
        change = super().get_object(request, *args, **kwargs)
        if change is not None and not request.user.has_perm("products.view_cost"):
            for record in (change.before, change.after):
                (record or {}).pop("cost", None)
        return change

    @admin.display(description=_("what"))
    def what(self, change: ProductChange) -> str:
        return change.operation.get_kind_display()

    @admin.display(description=_("when"))
    def when(self, change: ProductChange) -> Any:
        return change.operation.created_at

    @admin.display(description=_("by"))
    def actor(self, change: ProductChange) -> str:
        return change.operation.actor_label

    @admin.display(description=_("before"))
    def before_text(self, change: ProductChange) -> str:
        return _readable(change.before)

    @admin.display(description=_("after"))
    def after_text(self, change: ProductChange) -> str:
        return _readable(change.after)


@admin.register(ImportRun)
class ImportRunAdmin(ByTextAdmin, ReadOnlyAdmin):
    list_display = [
        "id",
        "file_name",
        "created_at",
        "actor_label",
        "state",
        "created_count",
        "changed_count",
        "refused_count",
    ]
    list_only = [str(name) for name in list_display]
    list_filter = ["state", "created_at"]
    text_columns = ["file_name", "actor_label"]
    sortable_by = ["id", "created_at"]
    ordering = ["-pk"]
    # Shown on the site, where each part asks who may see it; the file is for nobody.
    exclude = ["report", "upload"]


@admin.register(Closing)
class ClosingAdmin(ReadOnlyAdmin):
    """Moved on the site, where it asks for a reason."""

    list_display = ["id", "closed_through", "reason", "actor_label", "created_at"]
    ordering = ["-pk"]


@admin.register(Digest)
class DigestAdmin(ReadOnlyAdmin):
    list_display = ["id", "sent_at", "product_count", "recipients", "head"]
    ordering = ["-pk"]


def _readable(content: Any) -> str:
    text = json.dumps(content, indent=2, ensure_ascii=False, sort_keys=True)
    return format_html("<pre>{}</pre>", text)
