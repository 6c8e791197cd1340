"""A new transfer: at once, or as a draft."""

from dataclasses import replace

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from products.errors import InsufficientStock
from products.forms.documents import DocumentForm
from products.models import Operation, Transfer
from products.services.operations import Circumstances
from products.services.transfer_drafts import create_transfer
from products.services.transfers import transfer_stock
from products.views.transfer_documents import (
    TransferDocumentPage,
    as_transfer,
    with_lines,
)


class TransferAddView(TransferDocumentPage):
    """“Transfer now” moves everything in one step; “Save draft” keeps it for later."""

    template_name = "products/transfer_add.html"

    saved: Transfer | None = None

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        if "draft" not in self.request.POST:
            return super().perform(form)
        with self.at_the_fields():
            self.saved = create_transfer(
                draft=as_transfer(form).draft(),
                circumstances=Circumstances(author=self.author),
            )
        text = _("“%s” is saved. Nothing moves before you send it.")
        return text % self.saved, None

    def post_lines(self, form: DocumentForm, circumstances: Circumstances) -> Operation:
        transfer = as_transfer(form)
        noted = replace(circumstances, reason=transfer.cleaned_data["note"])
        try:
            with self.at_the_fields():
                return transfer_stock(
                    route=transfer.route, items=transfer.items, circumstances=noted
                )
        except InsufficientStock as refusal:
            raise with_lines(form, refusal) from refusal

    def answer_again(self, operation: Operation) -> str:
        counted = self.counted(operation)
        arrivals = operation.movements.filter(kind="transfer_in")
        arrived = arrivals.select_related("location").first()
        facts = counted | {"location": arrived.location.name if arrived else ""}
        text = _("%(units)s of %(products)s moved to %(location)s.")
        return self.linked(operation, text % facts)

    def get_success_url(self) -> str:
        if self.saved is None:
            return super().get_success_url()
        return reverse("products:transfer_detail", args=[self.saved.pk])
