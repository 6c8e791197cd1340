"""Which products a stocktake holds.

A scope is kept as JSON: {"kind": "all"}, {"kind": "shelves", "from": "B-1", "to": "C"},
{"kind": "category", "category": 7}, {"kind": "brand", "brand": 3},
{"kind": "stale", "days": 90}, {"kind": "listed", "skus": ["MUG-1", …]}.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from products.errors import FieldRefused
from products.fields import KEY_LENGTH, fold_key, is_storable
from products.models import (
    Brand,
    Category,
    Location,
    Product,
    StockCount,
    StockLevel,
    Stocktake,
)

Scope = Mapping[str, Any]

MAX_DAYS = 3_650
MAX_LISTED = 20_000  # SKUs in one pasted list
BATCH = 500  # keys in one statement
NAMED = 5  # of many, in a sentence

_TOKENS = re.compile(r"\d+|[^\W\d_]+")


class Kind(TextChoices):
    """What a stocktake may be about, in the order it is offered."""

    ALL = "all", gettext_lazy("Everything")
    SHELVES = "shelves", gettext_lazy("Shelves")
    CATEGORY = "category", gettext_lazy("A category, with those inside it")
    BRAND = "brand", gettext_lazy("A brand")
    STALE = "stale", gettext_lazy("Not counted for some time")
    LISTED = "listed", gettext_lazy("A list of SKUs")


@dataclass(frozen=True, slots=True)
class Found:
    """A product that belongs to a stocktake, and where it stands."""

    product_id: int
    sku: str
    shelf: str


def check_scope(scope: Scope) -> None:
    """Refuse a scope that could never hold anything; one query at most.

    Raises FieldRefused at the field of the scope.
    """
    kind = scope.get("kind")
    if kind not in Kind.values:
        raise FieldRefused({"kind": [_("Choose what to count.")]})
    if kind == Kind.SHELVES and not shelf_tokens(scope["from"] + scope["to"]):
        raise FieldRefused({"shelf_from": [_("Name the first shelf, or the last.")]})
    if kind == Kind.CATEGORY and not _is_there(Category, scope.get("category")):
        raise FieldRefused({"category": [_("Choose a category.")]})
    if kind == Kind.BRAND and not _is_there(Brand, scope.get("brand")):
        raise FieldRefused({"brand": [_("Choose a brand.")]})
    if kind == Kind.STALE and not 0 < int(scope.get("days") or 0) <= MAX_DAYS:
        raise FieldRefused(
            {"days": [_("Between 1 and %(most)d days.") % {"most": MAX_DAYS}]}
        )
    if kind == Kind.LISTED:
        _check_listed(scope.get("skus") or [])


def _is_there(model: type[Category | Brand], pk: int | None) -> bool:
    return pk is not None and model._default_manager.filter(pk=pk).exists()


def _check_listed(skus: Sequence[str]) -> None:
    if not skus:
        raise FieldRefused({"skus": [_("Paste one SKU a line.")]})
    if len(skus) > MAX_LISTED:
        raise FieldRefused(
            {"skus": [_("At most %(most)d SKUs at once.") % {"most": MAX_LISTED}]}
        )
    known = {key for key, _found in _listed(skus)}
    missing = [sku for sku in skus if fold_key(sku) not in known]
    if missing:
        raise FieldRefused({"skus": [_name_missing(missing)]})


def _name_missing(missing: Sequence[str]) -> str:
    named = ", ".join(_("“%s”") % sku[:60] for sku in missing[:NAMED])
    more = len(missing) - NAMED
    if more > 0:
        named = _("%(named)s and %(more)d more") % {"named": named, "more": more}
    return ngettext(
        "No product has the SKU %(named)s.",
        "No product has these SKUs: %(named)s.",
        len(missing),
    ) % {"named": named}


def shelf_tokens(shelf: str) -> list[tuple[int, int, str]]:
    """Return a shelf code as people order it: "B-2" before "B-10", case aside."""
    return [
        (0, int(token), "") if token.isdecimal() else (1, 0, token)
        for token in _TOKENS.findall(fold_key(shelf))
    ]


def find_products(
    scope: Scope, location: Location, *, now: datetime
) -> Iterator[Found]:
    """Yield the products of a scope at a location, each once.

    Those that have or had stock there; of the archive only what is still there. A
    pasted list is taken word for word. One query; one per BATCH SKUs of a list, one
    more for a category.
    """
    if scope["kind"] == Kind.LISTED:
        yield from _of_list(scope["skus"], location)
        return
    levels = StockLevel.objects.filter(location=location).filter(
        ~Q(product__status=Product.Status.ARCHIVED) | Q(on_hand__gt=0)
    )
    rows = _narrowed(levels, scope, location, now).order_by("product_id")
    columns = rows.values_list("product_id", "product__sku", "shelf")
    first, last = (shelf_tokens(scope.get(end, "")) for end in ("from", "to"))
    for product_id, sku, shelf in columns.iterator(chunk_size=5_000):
        if scope["kind"] != Kind.SHELVES or _is_between(shelf, first, last):
            yield Found(product_id, sku, shelf)


def _narrowed(
    levels: QuerySet[StockLevel], scope: Scope, location: Location, now: datetime
) -> QuerySet[StockLevel]:
    kind = scope["kind"]
    if kind == Kind.CATEGORY:
        inside = Category.objects.descendants(scope["category"], include_self=True)
        ids = list(inside.values_list("pk", flat=True))
        return levels.filter(product__category_id__in=ids)
    if kind == Kind.BRAND:
        return levels.filter(product__brand_id=scope["brand"])
    if kind == Kind.STALE:
        counted = StockCount.objects.filter(
            line__product_id=OuterRef("product_id"),
            line__location=location,
            line__counted__isnull=False,
            line__stocktake__state=Stocktake.State.APPLIED,
            is_void=False,
            counted_at__gt=now - timedelta(days=scope["days"]),
        )
        return levels.filter(~Exists(counted))
    if kind == Kind.SHELVES:
        return levels.exclude(shelf="")
    return levels


def _is_between(
    shelf: str, first: Sequence[tuple[int, int, str]], last: Sequence[Any]
) -> bool:
    """Say whether a shelf lies in the range; "B-3" as the last one includes "B-3-9"."""
    own = shelf_tokens(shelf)
    return bool(own) and own >= list(first) and own[: len(last)] <= list(last)


def _of_list(skus: Sequence[str], location: Location) -> Iterator[Found]:
    for batch in _batches([found for _key, found in _listed(skus)]):
        levels = StockLevel.objects.filter(
            location=location, product_id__in=[found.product_id for found in batch]
        )
        shelves = dict(levels.values_list("product_id", "shelf"))
        for found in batch:
            shelf = shelves.get(found.product_id, "")
            yield Found(found.product_id, found.sku, shelf)


def _listed(skus: Sequence[str]) -> Iterator[tuple[str, Found]]:
    """Yield (key, product) of the SKUs that there are, each once."""
    usable = (sku for sku in skus if len(sku) <= KEY_LENGTH and is_storable(sku))
    for batch in _batches(sorted({fold_key(sku) for sku in usable})):
        rows = Product.objects.filter(sku_key__in=batch).order_by("pk")
        for key, pk, sku in rows.values_list("sku_key", "pk", "sku"):
            yield key, Found(pk, sku, "")


def _batches(items: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
