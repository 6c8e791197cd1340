"""The page of one product: what it is, where it is, and how it got there."""

from dataclasses import replace
from typing import Any

from django.urls import reverse

from products.fields import is_gtin
from products.models import Product
from products.models.product_queries import ProductQuerySet
from products.models.stored import to_count
from products.reports.categories import Node, category_tree
from products.reports.history import on_hand_history
from products.reports.levels import has_several_locations, levels_of
from products.reports.live_stock import live_stock
from products.reports.movements import (
    Moved,
    ledger_of,
    newest_of,
    undoable,
    with_on_hand,
)
from products.reports.product_facts import (
    last_change,
    some_variants_of,
    variants_of,
    with_facts,
)
from products.views.base import DetailPage
from products.views.movements import as_moves
from products.views.one_product import OneProduct
from products.views.product_explain import NAMES, may_explain
from products.views.undoing import may_undo

SHOWN_MOVEMENTS = 10


class ProductDetailView(OneProduct, DetailPage):
    """Everything about one product that the person may see."""

    permission_required = "products.view_product"
    template_name = "products/product_detail.html"
    context_object_name = "product"

    object: Product

    def get_queryset(self) -> ProductQuerySet:
        return with_facts(Product.objects.all())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        product = self.object
        levels = levels_of(product.pk)
        variants, has_more_variants = self._variants()
        context = super().get_context_data(**kwargs) | {
            "levels": levels,
            "stock": live_stock(product, levels.freed),
            "explained": [
                name for name in NAMES if may_explain(self.request.user, name)
            ],
            "has_several_locations": has_several_locations(),
            "lineage": _lineage(product),
            "variants": variants,
            "has_more_variants": has_more_variants,
            "last_change": last_change(product.pk),
            "is_gtin": is_gtin(product.barcode or ""),
            "picture_link": _web_address(product.image_url),
        }
        if self.request.user.has_perm("products.view_stockmovement"):
            context |= self._movements(with_location=context["has_several_locations"])
        return context

    def _variants(self) -> tuple[list[Product], bool]:
        """Return the variants to show, and whether there are more: `?variants=all`."""
        if self.request.GET.get("variants") == "all":
            return list(variants_of(self.object)), False
        return some_variants_of(self.object)

    def _movements(self, *, with_location: bool) -> dict[str, Any]:
        ledger = ledger_of(self.object.pk)
        newest = newest_of(self.object.pk, SHOWN_MOVEMENTS)
        moved = with_on_hand(newest, ledger.on_hand)
        moves = as_moves(
            moved,
            with_location=with_location,
            with_links=self.request.user.has_perm("products.view_operation"),
        )
        if moves:
            moves[0] = replace(moves[0], undo_url=self._undo_url(moved[0]))
        return {
            "moves": moves,
            "movement_count": ledger.count,
            "history": on_hand_history(self.object.pk, on_hand=ledger.on_hand),
            "reorder_point": to_count(self.object.reorder_point),
        }

    def _undo_url(self, newest: Moved) -> str:
        """Where the newest movement is undone; empty where it can't or may not be."""
        operation = undoable(newest.movement.operation_id, self.object.pk)
        if operation is None or not may_undo(self.request.user, operation):
            return ""
        return reverse("products:operation_undo", args=[operation.pk])


def _web_address(text: str) -> str:
    """Return `text` if it may be a link: an import brings any text, scripts too."""
    return text if text.startswith(("https://", "http://")) else ""


def _lineage(product: Product) -> list[Node]:
    """The categories from the root down to the product's own."""
    tree = category_tree()
    node = tree.get(product.category_id or 0)
    return [tree[pk] for pk in node.lineage] if node else []
