"""What writing a new transfer and editing a draft share."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from products.errors import FieldRefused, InsufficientStock
from products.forms.documents import DocumentForm
from products.forms.transfers import TransferForm
from products.reports.transfers import has_two_ends
from products.views.documents import DocumentPage


class TransferDocumentPage(DocumentPage):
    """A document between two locations; a shop with one is told what to do."""

    permission_required = "products.transfer_stock"
    form_class = TransferForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_two_ends():
            return self.render_to_response({"view": self})
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_two_ends():
            return self.render_to_response({"view": self})
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"has_two_ends": True}

    @contextmanager
    def at_the_fields(self) -> Iterator[None]:
        """Say what a service refuses at the field of this form.

        The source is the document's own location here.
        """
        try:
            yield
        except FieldRefused as refusal:
            names = {"source": "location"}
            errors = refusal.errors.items()
            raise FieldRefused(
                {names.get(field, field): said for field, said in errors}
            ) from refusal


def with_lines(form: DocumentForm, refusal: InsufficientStock) -> InsufficientStock:
    """Return the refusal with the lines of the form behind it."""
    lines = {line.product.sku: line for line in form.lines}
    for line in lines.values():
        line.can_find = False
    return InsufficientStock(
        [
            replace(
                short,
                product_id=lines[short.sku].product.pk,
                held=lines[short.sku].held,
            )
            for short in refusal.shorts
        ]
    )


def as_transfer(form: BaseForm) -> TransferForm:
    return cast("TransferForm", form)
