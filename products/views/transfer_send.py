"""Sending a draft."""

from typing import cast

from django.forms import BaseForm
from django.utils.translation import gettext as _

from products.forms.transfers import TransferStepForm
from products.models import Operation
from products.services.transfer_steps import send_transfer
from products.views.one_transfer import TransferButton


class TransferSendView(TransferButton):
    """The goods leave the source and are on the way."""

    def step(self, form: BaseForm) -> Operation:
        return send_transfer(
            transfer_id=self.transfer.pk,
            seen_version=cast("TransferStepForm", form).cleaned_data["version"],
            circumstances=self.circumstances(reference=str(self.transfer)),
        )

    def answer_again(self, operation: Operation) -> str:
        text = _("“%(transfer)s” is on the way to %(location)s.")
        facts = {"transfer": self.transfer, "location": self.transfer.destination}
        return text % facts
