"""Categories, brands and product groups in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from products.admin.base import SafeAutocompleteMixin
from products.models import Brand, Category, Product, ProductGroup


class CountedAdmin(SafeAutocompleteMixin):
    """Counts the products of each row in the query of the list."""

    ordering = ["name", "pk"]  # the model's own is lost where rows are grouped

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        counted: QuerySet[Any] = rows.annotate(product_count=Count("products"))
        return counted

    @admin.display(description=_("products"), ordering="product_count")
    def product_count(self, row: Any) -> int:
        return int(row.product_count)


@admin.register(Category)
class CategoryAdmin(CountedAdmin):
    list_display = ["name", "parent", "icon", "product_count"]
    list_select_related = ["parent"]
    search_fields = ["name"]
    autocomplete_fields = ["parent"]


@admin.register(Brand)
class BrandAdmin(CountedAdmin):
    list_display = ["name", "product_count"]
    search_fields = ["name"]


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
class ProductGroupAdmin(CountedAdmin):
    list_display = ["name", "handle", "option1_name", "option2_name", "product_count"]
    search_fields = ["name", "handle"]
    prepopulated_fields = {"handle": ["name"]}
    inlines = [VariantInline]
