"""Categories, brands and product groups in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from products.admin.base import SafeAutocompleteMixin
from products.admin.searching import begins_with
from products.fields import fold_key, is_storable
from products.models import Brand, Category, Product, ProductGroup
from products.services.references import rename_brand


class ShelfAdmin(SafeAutocompleteMixin):
    """Leads from each row to its products; to count them all would read a million."""

    shelf: str

    @admin.display(description=_("products"))
    def product_list(self, row: Any) -> str:
        address = reverse("admin:products_product_changelist")
        return format_html(
            '<a href="{}?{}__id__exact={}">{}</a>',
            address,
            self.shelf,
            row.pk,
            _("Show"),
        )


@admin.register(Category)
class CategoryAdmin(ShelfAdmin):
    shelf = "category"
    list_display = ["name", "parent", "icon", "product_list"]
    ordering = ["name", "pk"]  # of the categories there are thousands at most
    list_select_related = ["parent"]
    search_fields = ["name"]
    autocomplete_fields = ["parent"]


@admin.register(Brand)
class BrandAdmin(ShelfAdmin):
    shelf = "brand"
    list_display = ["name", "product_list"]
    search_fields = ["name"]
    ordering = ["key"]

    def save_model(
        self,
        request: HttpRequest,
        obj: Brand,
        form: Any,
        change: bool,  # noqa: FBT001  (Django's signature)
    ) -> None:
        if change:
            rename_brand(obj)
        else:
            super().save_model(request, obj, form, change)


class VariantInline(admin.TabularInline):
    """The variants of a group, to look at; each is edited on its own page."""

    model = Product
    fields = ["sku", "name", "option1", "option2", "option3", "available"]
    readonly_fields = ["sku", "name", "option1", "option2", "option3", "available"]
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ProductGroup)
class ProductGroupAdmin(ShelfAdmin):
    shelf = "group"
    list_display = ["name", "handle", "option1_name", "option2_name", "product_list"]
    search_fields = ["handle"]
    search_help_text = _("How the handle begins")
    ordering = ["handle_key"]
    prepopulated_fields = {"handle": ["name"]}
    inlines = [VariantInline]

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> "tuple[QuerySet[Any], bool]":
        """Search by the key: of groups there may be as many as of products."""
        key = fold_key(search_term)
        if not is_storable(key):
            return queryset.none(), False
        return queryset.filter(begins_with("handle_key", key)), False
