"""Search of the admin's lists of history and stock, in what an index can answer.

A search for a part of a text reads every row there is. So it is asked of the newest
rows alone, and SKUs are looked up among the products.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.admin.lists import IndexedAdmin
from products.fields import fold_key, is_number, is_storable
from products.models import Product
from products.reports.product_pages import looks_like_code

NEWEST = 10_000
# Of so many products at once the rows are shown; the movements of all are read to be
# put in order.
MOST_PRODUCTS = 50
LAST_CHARACTER = chr(0x10FFFF)


def among_newest(model: type[Model]) -> Q:
    """Return the condition that a row is one of the newest `NEWEST`; one query."""
    keys = model._default_manager.order_by("-pk").values_list("pk", flat=True)
    return Q(pk__gt=(keys.first() or 0) - NEWEST)


def begins_with(column: str, beginning: str) -> Q:
    """Return the condition that the key in `column` begins so, by the key's index.

    PostgreSQL orders by its locale and keeps a second index for beginnings. On the
    others, which compare keys byte by byte, a beginning is a range.
    """
    if connection.vendor == "postgresql":
        return Q(**{f"{column}__startswith": beginning})
    return Q(**{f"{column}__range": (beginning, beginning + LAST_CHARACTER)})


def products_meant(text: str) -> list[int]:
    """Return the ids of the products that `text` means, at most one over the most.

    The one whose SKU or barcode it is; if there is none, those whose SKU begins so.
    One query, or two.
    """
    product = Product.objects.only("pk", "sku", "barcode").find_by_code(text)
    if product is not None:
        return [product.pk]
    begun = Product.objects.filter(begins_with("sku_key", fold_key(text)))
    keys = begun.order_by("sku_key").values_list("pk", flat=True)
    return list(keys[: MOST_PRODUCTS + 1])


def coded_as(text: str) -> Q | None:
    """Return the condition of the products meant by `text` where it is one's code.

    Those are the product and all whose SKU begins so, as on the dashboard: an index has
    them. None where words are meant. One query for a text that looks like a code.
    """
    if not looks_like_code(text):
        return None
    product = Product.objects.only("pk", "sku", "barcode").find_by_code(text)
    if product is None:
        return None
    return Q(pk=product.pk) | begins_with("sku_key", fold_key(text))


class ByTextAdmin(IndexedAdmin):
    """Searches by number; if there is none, for words of the newest rows.

    The one or the other: by an index each, both at once would be by none.
    """

    text_columns: Sequence[str] = ()
    search_help_text = gettext_lazy("A number, or words of one of the newest 10,000")

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return list(self.text_columns) or ["sku"]  # any shows the box

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> "tuple[QuerySet[Any], bool]":
        text = search_term.strip()
        if not text:
            return queryset, False
        if not is_storable(text):
            return queryset.none(), False
        named = queryset.filter(self.named(request, text))
        if not self.text_columns or named.order_by().exists():
            return named, False
        return queryset.filter(self.with_words(text)), False

    def named(self, request: HttpRequest, text: str) -> Q:
        """Return the condition of the rows that `text` names."""
        return Q(pk=int(text)) if is_number(text) else Q(pk__in=[])

    def with_words(self, text: str) -> Q:
        """Return the condition that a newest row has each word somewhere; one query."""
        found = among_newest(self.model)
        for word in text.split():
            columns = [Q(**{f"{it}__icontains": word}) for it in self.text_columns]
            found &= Q(*columns, _connector=Q.OR)
        return found


class BySkuAdmin(ByTextAdmin):
    """Searches by SKU or barcode, whole, or by how an SKU begins; then for words."""

    search_help_text = gettext_lazy("An SKU, whole or how it begins, or a barcode")

    def named(self, request: HttpRequest, text: str) -> Q:
        products = products_meant(text)
        if len(products) > MOST_PRODUCTS:
            messages.info(
                request,
                _("Many SKUs begin so: the first %d are shown. Type more of it.")
                % MOST_PRODUCTS,
            )
        return self.about(products[:MOST_PRODUCTS])

    def about(self, products: list[int]) -> Q:
        """Return the condition that a row is about one of `products`."""
        return Q(product__in=products)
