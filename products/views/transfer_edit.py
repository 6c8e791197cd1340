"""Editing a draft of a transfer."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from products.models import Operation, Transfer
from products.reports.transfers import lines_of
from products.services.transfer_drafts import update_transfer
from products.views.one_transfer import OneTransfer
from products.views.transfer_documents import TransferDocumentPage, as_transfer


class TransferEditView(OneTransfer, TransferDocumentPage):
    """The lines as they are now, until the draft is sent."""

    template_name = "products/transfer_edit.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.transfer.state != Transfer.State.DRAFT:
            return HttpResponseRedirect(self.detail_url)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"asks_day": False}

    def get_initial(self) -> dict[str, Any]:
        transfer = self.transfer
        return {
            "location": transfer.source_id,
            "destination": transfer.destination_id,
            "reference": transfer.reference,
            "note": transfer.note,
            "version": transfer.version,
        } | super().get_initial()

    def get_form(self, form_class: Any = None) -> Any:
        """Fill in the stored lines where nothing was sent yet."""
        form = super().get_form(form_class)
        if not form.is_bound:
            lines = lines_of(self.transfer)
            known = [line for line in lines if line.product is not None]
            form.lines.gone = len(lines) - len(known)
            form.lines.add((line.product, line.quantity) for line in known)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"transfer": self.transfer}

    def get_success_url(self) -> str:
        return self.detail_url

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        typed = as_transfer(form)
        with self.at_the_fields():
            saved = update_transfer(
                transfer_id=self.transfer.pk,
                draft=typed.draft(),
                seen_version=typed.cleaned_data["version"] or self.transfer.version,
            )
        return _("“%s” is saved.") % saved, None
