"""What every page of the catalogue shares: who may open it, and how forms end.

A page names a permission in `permission_required`; whoever is signed in without it
gets the 403 page, never a hint that the object exists. A form page adds `perform`, the
one call of a service; what the service refuses is said in the form.
"""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Page as Batch
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.views.generic import (
    CreateView,
    DeleteView,
    DetailView,
    ListView,
    UpdateView,
)
from django.views.generic.edit import FormMixin
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from products.errors import FieldRefused, InventoryError
from products.models import Operation
from products.services.operations import Author
from products.views.capped_paging import CappedPaginator
from products.views.undoing import may_undo


class Page(PermissionRequiredMixin):
    """Any page: `permission_required` is checked before the object is looked for."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().dispatch(request, *args, **kwargs)
        # Going back, a browser must not show the part that htmx fetched as the page.
        patch_vary_headers(response, ["HX-Request"])
        return response

    @property
    def author(self) -> Author:
        """Whoever is signed in, as the author of what this page does."""
        return Author.for_user(self.request.user, Operation.Source.SITE)

    def go_to(self, url: str) -> HttpResponse:
        """Redirect the whole page, also when a dialog asked by htmx."""
        if htmx_of(self.request):
            return HttpResponseClientRedirect(url)
        return HttpResponseRedirect(url)


class FormPage(Page, FormMixin):
    """A page whose form does something through a service.

    Django's views would also take PUT, and DELETE past the service.
    """

    http_method_names: Sequence[str] = ["get", "head", "post", "options"]

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        """Call the service; return the success message and the operation to undo.

        May raise InventoryError: the form comes back with the refusal.
        """
        raise NotImplementedError

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            message, operation = self.perform(form)
        except InventoryError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        return self.finish(message, operation)

    def finish(self, message: str, operation: Operation | None) -> HttpResponse:
        """Say what happened, with Undo for who may, and go on."""
        can_undo = operation is not None and may_undo(self.request.user, operation)
        undo = f"undo-{operation.pk}" if operation and can_undo else ""
        messages.success(self.request, message, extra_tags=undo)
        return self.go_to(self.get_success_url())


class ListPage(Page, ListView):
    """A list of rows, in pages where `paginate_by` says so; the newest of very many."""

    paginator_class = CappedPaginator

    def paginate_queryset(
        self, queryset: Any, page_size: int
    ) -> tuple[Paginator, Batch, Any, bool]:
        """Answer a page number that makes no sense with the nearest page, not a 404."""
        paginator = self.get_paginator(queryset, page_size)
        batch = paginator.get_page(self.request.GET.get("page"))
        return paginator, batch, batch.object_list, batch.has_other_pages()


class DetailPage(Page, DetailView):
    """One row and what hangs on it."""


class CreatePage(FormPage, CreateView):
    """A form that makes a row."""


class UpdatePage(FormPage, UpdateView):
    """A form that changes a row."""


class DeletePage(FormPage, DeleteView):
    """A question before a row goes."""


def add_refusal(form: BaseForm, refusal: InventoryError) -> None:
    """Say what a service refused: at its field where there is one, else on top."""
    if not isinstance(refusal, FieldRefused):
        form.add_error(None, refusal.message)
        return
    for field, sentences in refusal.errors.items():
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)


class _HtmxRequest(HttpRequest):
    """A request as HtmxMiddleware hands it on."""

    htmx: HtmxDetails


def htmx_of(request: HttpRequest) -> HtmxDetails:
    """Return what htmx says about a request; true where htmx asked for it."""
    return cast("_HtmxRequest", request).htmx


def address_behind(request: HttpRequest) -> str:
    """Return path and query of the page htmx asked from; "" when it is not of ours.

    The browser says it in a header, where anybody can write anything.
    """
    try:
        return htmx_of(request).current_url_abs_path or ""
    except ValueError:  # no address at all, such as “http://[”
        return ""
