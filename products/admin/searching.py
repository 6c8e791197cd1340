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
from products.fields import fold_key, is_storable
from products.models import Product

NEWEST = 10_000
# Of so many products at once the rows are shown; the movements of all are read to be
# put in order.
MOST_PRODUCTS = 50
LAST_CHARACTER = chr(0x10FFFF)
MOST_DIGITS = 18  # what every database takes for a key


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


class ByTextAdmin(IndexedAdmin):
    """Searches by number, and for words in `search_fields` of the newest rows."""

    search_help_text = gettext_lazy("A number, or words of one of the newest 10,000")

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> "tuple[QuerySet[Any], bool]":
        text = search_term.strip()
        if not text:
            return queryset, False
        if not is_storable(text):
            return queryset.none(), False
        return queryset.filter(self.meant(request, text)), False

    def meant(self, request: HttpRequest, text: str) -> Q:
        """Return the condition of the rows that `text` means; text is storable."""
        found = self.with_words(self.search_fields, text)
        if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
            found |= Q(pk=int(text))
        return found

    def with_words(self, columns: Sequence[str], text: str) -> Q:
        """Return the condition that a newest row has each word in one of `columns`."""
        found = among_newest(self.model)
        for word in text.split():
            parts = [Q(**{f"{column}__icontains": word}) for column in columns]
            found &= Q(*parts, _connector=Q.OR)
        return found


class BySkuAdmin(ByTextAdmin):
    """Searches by SKU or barcode, whole, or by how an SKU begins.

    `text_columns` are searched as well, of the newest rows.
    """

    search_fields = ["sku"]  # shows the box
    text_columns: Sequence[str] = ()
    search_help_text = gettext_lazy("An SKU, whole or how it begins, or a barcode")

    def meant(self, request: HttpRequest, text: str) -> Q:
        products = products_meant(text)
        if len(products) > MOST_PRODUCTS:
            messages.info(
                request,
                _("Many SKUs begin so: the first %d are shown. Type more of it.")
                % MOST_PRODUCTS,
            )
        found = self.about(products[:MOST_PRODUCTS])
        if self.text_columns:
            found |= self.with_words(self.text_columns, text)
        return found

    def about(self, products: list[int]) -> Q:
        """Return the condition that a row is about one of `products`."""
        return Q(product__in=products)
