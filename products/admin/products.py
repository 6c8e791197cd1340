"""Products in the admin: add with opening stock, edit, archive, delete; by services."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from products.admin.base import SafeAutocompleteMixin, circumstances
from products.admin.filters import ChosenFilter, StockStatusFilter
from products.admin.searching import coded_as
from products.admin.walked import WalkedChangeList
from products.errors import InventoryError
from products.forms.product_admin import ProductAdminForm
from products.models import Product
from products.services.archiving import archive_products
from products.services.catalogue import add_product
from products.services.deleting import delete_product
from products.services.editing import update_product
from products.services.pictures import storing

# A computed column has choices, but knows no words for them.
STOCK_LABELS = dict(Product.StockStatus.choices)


@admin.register(Product)
class ProductAdmin(SafeAutocompleteMixin):
    form = ProductAdminForm
    list_display = [
        "thumbnail",
        "name",
        "sku",
        "category",
        "price",
        "available",
        "stock",
        "status",
        "updated_at",
    ]
    list_display_links = ["name"]
    sortable_by = ["name", "sku", "price", "available", "updated_at"]
    list_only = [
        "name",
        "sku",
        "image",
        "category__name",
        "price",
        "available",
        "stock_status",
        "status",
        "updated_at",
    ]
    list_filter = [
        "status",
        StockStatusFilter,
        ("category", ChosenFilter),
        ("brand", ChosenFilter),
        ("group", ChosenFilter),
    ]
    list_select_related = ["category"]
    # As on the dashboard. Names of one word stand together: a walk by name for a
    # common word would pass all the others first.
    ordering = ["-updated_at", "-pk"]
    search_fields = ["search_text"]
    search_help_text = _("SKU, barcode or words of the name")
    autocomplete_fields = ["category", "brand", "group"]
    actions = ["archive"]
    readonly_fields = ["on_hand", "reserved", "available", "version", "updated_at"]

    def get_changelist(
        self, request: HttpRequest, **kwargs: Any
    ) -> type[WalkedChangeList]:
        return WalkedChangeList

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        coded = coded_as(search_term)
        found = (
            queryset.search(search_term) if coded is None else queryset.filter(coded)
        )
        return found, False

    @admin.display(description=_("picture"))
    def thumbnail(self, product: Product) -> str:
        if not product.thumb_url:
            return "–"
        return format_html(
            '<img src="{}" alt="" width="40" height="40" loading="lazy">',
            product.thumb_url,
        )

    @admin.display(description=_("stock"))
    def stock(self, product: Product) -> str:
        return str(STOCK_LABELS[product.stock_status])

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        prices = ["price", "cost"] if _may_see_cost(request) else ["price"]
        stock = ["reorder_point", "reorder_quantity", "supplier_name"]
        shown: list[Any] = [("on_hand", "reserved", "available")]
        opening = ["opening_quantity", "opening_location"]
        removal = ["remove_picture"] if obj else []
        options = ["group", ("option1", "option2", "option3")]
        return [
            (None, {"fields": ["name", "sku", "barcode", "status", "description"]}),
            (_("Sorted under"), {"fields": ["category", "brand", *options, "tags"]}),
            (_("Price"), {"fields": prices}),
            (_("Picture"), {"fields": ["picture", *removal, "image_url"]}),
            (_("Stock"), {"fields": [*(shown if obj else opening), *stock, "weight"]}),
            *([(None, {"fields": ["seen_version"]})] if obj else []),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Answer what a service refuses with a sentence instead of an error page."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except InventoryError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(
        self,
        request: HttpRequest,
        obj: Product,
        form: Any,
        change: bool,  # noqa: FBT001  (Django's signature)
    ) -> None:
        with storing(form.cleaned_data.get("picture")) as name:
            if change:
                self._edit(request, obj, form, picture=name)
                return
            obj.image = name
            add_product(
                product=obj,
                circumstances=circumstances(request),
                openings=form.openings(),
            )

    def _edit(
        self,
        request: HttpRequest,
        obj: Product,
        form: ProductAdminForm,
        *,
        picture: str,
    ) -> None:
        changes = form.product_changes() | ({"image": picture} if picture else {})
        if changes:
            update_product(
                product_id=obj.pk,
                changes=changes,
                seen_version=form.cleaned_data["seen_version"],
                circumstances=circumstances(request),
            )

    def delete_model(self, request: HttpRequest, obj: Product) -> None:
        delete_product(product_id=obj.pk, circumstances=circumstances(request))

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for pk in queryset.order_by("pk").values_list("pk", flat=True):
            delete_product(product_id=pk, circumstances=circumstances(request))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say what goes and what stays, in place of a list of every related row."""
        lines = [
            _("%(name)s (%(sku)s): %(on_hand)d on hand will be written off")
            % {"name": product.name, "sku": product.sku, "on_hand": product.on_hand}
            for product in objs
        ]
        counts = {Product._meta.verbose_name_plural: len(lines)}
        return lines, counts, set(), []

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        try:
            return super().response_action(request, queryset, *args, **kwargs)
        except InventoryError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(request.get_full_path())

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except InventoryError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(request.get_full_path())

    @admin.action(
        description=_("Archive the selected products"), permissions=["change"]
    )
    def archive(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        operation = archive_products(
            product_ids=list(queryset.values_list("pk", flat=True)),
            circumstances=circumstances(request),
        )
        count = operation.changes.count()
        messages.success(
            request,
            ngettext("%d product archived.", "%d products archived.", count) % count,
        )


def _may_see_cost(request: HttpRequest) -> bool:
    return request.user.has_perm("products.view_cost")
