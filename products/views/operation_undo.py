"""Undoing an operation: what it would do, then a button; or at once from a message."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from products.errors import InventoryError
from products.forms.once import OnceForm
from products.importing.jobs import blocks_writers
from products.importing.tasks import start_undoing
from products.importing.undoing import GOING_BACK, long_run_of, seconds_to_undo
from products.models import Closing, ImportRun, Operation, Product
from products.reports.levels import has_several_locations
from products.services import undo_preview
from products.services.operations import Circumstances
from products.services.undo import goes_row_by_row, undo_operation
from products.services.undo_preview import Pages, preview_undo
from products.views.base import Page
from products.views.changes import as_changed_documents, as_changed_product
from products.views.numbered_paging import (
    NumberedPage,
    number_in,
    numbered_page,
)
from products.views.once import once_of
from products.views.undo_rows import import_undo_context
from products.views.undoing import may_undo

REASONS = 50  # on a page of those that stand against it


class OperationUndoView(Page, TemplateView):
    """GET plays the undoing through and throws it away; POST does it.

    Who may depends on what it was; see `undoing`. Sent from the page it acts once and
    leads to what it wrote; a button beside a message leads back to where it stood. A
    long import is undone in the background, and its page says how far that is.
    """

    permission_required = "products.view_product"
    template_name = "products/operation_undo.html"
    http_method_names = ["get", "head", "post", "options"]

    @cached_property
    def operation(self) -> Operation:
        around = Operation.objects.select_related("reverses", "reversed_by", "bulk_run")
        return get_object_or_404(around, pk=self.kwargs["pk"])

    def has_permission(self) -> bool:
        return super().has_permission() and may_undo(self.request.user, self.operation)

    @cached_property
    def long_run(self) -> ImportRun | None:
        is_import = self.operation.kind == Operation.Kind.IMPORTED
        return long_run_of(self.operation) if is_import else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.long_run and self.long_run.state in GOING_BACK:
            return self.go_to(self.long_run.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        undone_by = getattr(self.operation, "reversed_by", None)
        closing = Closing.objects.current()
        context: dict[str, Any] = {
            "operation": self.operation,
            "undone_by": undone_by,
            "closed_through": closing.closed_through if closing else None,
            "sees_cost": self.request.user.has_perm("products.view_cost"),
            "has_several_locations": has_several_locations(),
            "form": OnceForm(),
        }
        if undone_by is None:
            context |= self._preview(sees_cost=context["sees_cost"])
        return super().get_context_data(**kwargs) | context

    def _preview(self, *, sees_cost: bool) -> dict[str, Any]:
        """Return what would be done: where it goes row by row, product by product."""
        if goes_row_by_row(self.operation):
            rows = import_undo_context(self.request, self.operation)
            return rows | {
                "can_undo": rows["import_preview"].does_something,
                "seconds": self._seconds(),
                "blocks_writers": blocks_writers(),
            }
        return self._played_through(sees_cost=sees_cost)

    def _played_through(self, *, sees_cost: bool) -> dict[str, Any]:
        """Return all that would be written, each list by pages."""
        names = ("movements", "products", "documents")
        pages = {name: number_in(self.request, name) for name in names}
        preview = preview_undo(self.operation, pages=Pages(**pages))
        for movement in preview.movements:
            movement.worth = movement.value_delta  # type: ignore[attr-defined]
        products = [
            as_changed_product(change, sees_cost=sees_cost)
            for change in preview.products
        ]
        documents = as_changed_documents(preview.documents)
        number = number_in(self.request, "reasons")
        reasons = Paginator(preview.reasons, REASONS).get_page(number)
        return {
            "can_undo": not preview.reasons,
            "preview": preview,
            "reasons": reasons.object_list,
            "reasons_page": self._page("reasons", (), len(preview.reasons), REASONS),
            "products": products,
            "products_page": self._page("products", products, preview.product_count),
            "documents": documents,
            "documents_page": self._page(
                "documents", documents, preview.document_count
            ),
            "moves_page": self._page(
                "movements", preview.movements, preview.movement_count
            ),
        }

    def _page(
        self, name: str, rows: Sequence[Any], total: int, size: int | None = None
    ) -> NumberedPage:
        return numbered_page(
            self.request, rows, name=name, size=size or undo_preview.SHOWN, total=total
        )

    def _seconds(self) -> int:
        """Return how long the work in the background takes; 0 where there is none."""
        return max(1, round(seconds_to_undo(self.long_run))) if self.long_run else 0

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.long_run:
            start_undoing(self.long_run, self.author)
            return self.go_to(self.long_run.get_absolute_url())
        once = once_of(request)
        try:
            undoing = undo_operation(
                operation_id=pk, circumstances=Circumstances(self.author, once=once)
            )
        except InventoryError as refusal:
            messages.error(request, refusal.message)
            return self.go_to(self._way_back())
        messages.success(
            request, self._success(undoing), extra_tags=f"undo-{undoing.pk}"
        )
        if once and request.user.has_perm("products.view_operation"):
            return self.go_to(reverse("products:operation_detail", args=[undoing.pk]))
        return self.go_to(self._way_back())

    def _success(self, undoing: Operation) -> str:
        said = _("Undone: %(what)s.") % {"what": self._what()}
        done = getattr(undoing, "import_undo", None)
        left = done.kept_count + done.impossible_count if done else 0
        if not left:
            return said
        return f"{said} " + ngettext(
            "%(count)d product was left as it is, or in part.",
            "%(count)d products were left as they are, or in part.",
            left,
        ) % {"count": left}

    def _what(self) -> str:
        """Say what was undone, with the product's name when it was about one."""
        names = {
            (change.after or change.before or {}).get("name")
            for change in self.operation.changes.all()[:2]
        }
        kind = self.operation.title
        name = names.pop() if len(names) == 1 else None
        if not name:
            return kind
        return _("%(what)s, “%(name)s”") % {"what": kind, "name": name}

    def _way_back(self) -> str:
        """Return the page the button stood on, unless its product is gone now."""
        for url in (self.request.POST.get("next"), self.request.headers.get("Referer")):
            if url and self._is_there(url):
                return url
        return reverse("products:dashboard")

    def _is_there(self, url: str) -> bool:
        hosts = {self.request.get_host()}
        if not url_has_allowed_host_and_scheme(
            url, allowed_hosts=hosts, require_https=self.request.is_secure()
        ):
            return False
        try:
            match = resolve(urlsplit(url).path)
        except Resolver404:
            return False
        is_of_product = "products/" in match.route or "_product/" in match.route
        if not is_of_product or "pk" not in match.kwargs:
            return True
        return Product.objects.filter(pk=match.kwargs["pk"]).exists()
