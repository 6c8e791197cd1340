"""Filters of the admin's lists that ask the database for nothing but what is chosen."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import (
    ChoicesFieldListFilter,
    RelatedFieldListFilter,
)
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Field, Model, QuerySet
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from products.admin.searching import among_newest
from products.fields import is_number
from products.models import Product
from products.models.product_queries import hide


class ChosenFilter(RelatedFieldListFilter):
    """A box to search in, where Django would list every brand there is.

    The related model needs an admin with `search_fields`.
    """

    template = "admin/products/chosen_filter.html"

    def __init__(
        self,
        field: Any,
        request: HttpRequest,
        params: dict[str, Any],
        model: type[Model],
        model_admin: admin.ModelAdmin,
        field_path: str,
    ) -> None:
        key = f"{field_path}__{field.target_field.name}__exact"
        if params.get(key) == [""]:  # nothing was chosen in the box
            del params[key]
        super().__init__(field, request, params, model, model_admin, field_path)
        self.site = model_admin.admin_site
        self.chosen = self._chosen(field.remote_field.model)

    def _chosen(self, model: type[Model]) -> Model | None:
        """Return the row whose id the address has; one query if it has one."""
        key = self.lookup_val[-1] if self.lookup_val else ""
        if not is_number(key):
            return None
        return model._default_manager.filter(pk=key).first()

    def has_output(self) -> bool:
        return True

    def field_choices(
        self, field: Field, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, Any]]:
        return []

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Yield one "choice", the box; one query if something is chosen."""
        mine = {*self.expected_parameters(), PAGE_VAR}
        where = (get_language(), get_script_prefix())
        yield {
            "attributes": _box(self.field, self.site, self.lookup_kwarg, where),
            "chosen": self.chosen,
            "others": [
                (name, value)
                for name, values in changelist.filter_params.items()
                if name not in mine
                for value in (values if isinstance(values, list) else [values])
            ],
            "all_url": changelist.get_query_string(remove=list(mine))
            if self.lookup_val or self.lookup_val_isnull
            else "",
            "none_url": changelist.get_query_string(
                {self.lookup_kwarg_isnull: "True"}, [self.lookup_kwarg]
            )
            if self.include_empty_choice and not self.lookup_val_isnull
            else "",
            "is_none": bool(self.lookup_val_isnull),
        }


@lru_cache(maxsize=100)
def _box(
    field: Any, site: admin.AdminSite, name: str, _where: tuple[str | None, str]
) -> SafeString:
    """Return the attributes of the box; they change with language and path only."""
    box = AutocompleteSelect(field, site)
    box.is_required = False  # draws a cross to choose nothing
    # Without words in it, the box has no name for who hears it.
    words = {"aria-label": field.verbose_name, "data-placeholder": _("All")}
    attributes = box.build_attrs(box.attrs, {"name": name})
    return flatatt({**attributes, **words})


class StockStatusFilter(admin.SimpleListFilter):
    """The states by name: Django would ask all products which of them occur."""

    title = _("stock")
    parameter_name = "stock_status"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, Any]]:
        return list(Product.StockStatus.choices)

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Product]
    ) -> QuerySet[Product]:
        state = self.value()
        return queryset.filter(stock_status=state) if state else queryset


class KindFilter(ChoicesFieldListFilter):
    """A kind, by its own index unless the list is about some products already.

    SQLite would read all rows of the kind to find the few of a product.
    """

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any] | None":
        is_about_products = SEARCH_VAR in request.GET or any(
            name.startswith("product__") for name in request.GET
        )
        if self.used_parameters and is_about_products:
            queryset = queryset.alias(hidden_kind=hide("kind"))
            kinds = self.used_parameters[self.lookup_kwarg]
            return queryset.filter(hidden_kind__in=kinds)
        return super().queryset(request, queryset)


class NewestFilter(ChoicesFieldListFilter):
    """A choice among the newest rows, for a column without an index."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("%(column)s, of the newest 10,000") % {"column": self.title}

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
        rows = super().queryset(request, queryset)
        if not self.used_parameters or rows is None:
            return queryset
        return rows.filter(among_newest(queryset.model))
