"""One operation: who, when, why, what it changed, and Undo."""

from typing import Any

from django.http import Http404
from django.views.generic import TemplateView

from products.models import Operation
from products.models.stored import to_decimal
from products.reports.levels import has_several_locations
from products.reports.operations import (
    document_changes_by,
    effects_of,
    find_operation,
    movements_by,
    product_changes_by,
)
from products.views.base import Page
from products.views.changes import as_changed_documents, as_changed_product
from products.views.key_paging import KeyPage, key_page
from products.views.undoing import may_undo

MOVEMENTS = 50
PRODUCTS = 25
DOCUMENTS = 25
LEFT = 25


class OperationDetailView(Page, TemplateView):
    """Each of its lists is paged by key, for an import of 100,000 products."""

    permission_required = "products.view_operation"
    template_name = "products/operation_detail.html"

    operation: Operation

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = find_operation(self.kwargs["pk"])
        if found is None:
            raise Http404
        self.operation = found
        person = self.request.user
        undone_by = getattr(found, "reversed_by", None)
        return super().get_context_data(**kwargs) | {
            "operation": found,
            "undone_by": undone_by,
            "run": getattr(found, "import_run", None),
            "effects": effects_of(found),
            "sees_cost": person.has_perm("products.view_cost"),
            "can_undo": undone_by is None and may_undo(person, found),
            "has_several_locations": has_several_locations(),
            **self._left(),
            **self._movements(),
            **self._changes(),
        }

    def _left(self) -> dict[str, Any]:
        """Return what the undo of an import left as it was, and why."""
        undo = getattr(self.operation, "import_undo", None)
        if undo is None:
            return {}
        rows = undo.rows.select_related("product")
        return {"import_undo": undo, "left_page": self._page_of(rows, LEFT, "left")}

    def _movements(self) -> dict[str, Any]:
        page = self._page_of(movements_by(self.operation), MOVEMENTS, "moves")
        for movement in page.rows:
            movement.worth = to_decimal(movement.stored_value)
        return {"moves_page": page}

    def _changes(self) -> dict[str, Any]:
        sees_cost = self.request.user.has_perm("products.view_cost")
        products = self._page_of(
            product_changes_by(self.operation), PRODUCTS, "products"
        )
        documents = self._page_of(
            document_changes_by(self.operation), DOCUMENTS, "documents"
        )
        return {
            "products_page": products,
            "products": [
                as_changed_product(change, sees_cost=sees_cost)
                for change in products.rows
            ],
            "documents_page": documents,
            "documents": as_changed_documents(documents.rows),
        }

    def _page_of(self, rows: Any, size: int, name: str) -> KeyPage:
        return key_page(self.request, rows, size=size, name=name, newest_first=False)
