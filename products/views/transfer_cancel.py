"""Cancelling a transfer, or throwing a draft away."""

from typing import Any, cast

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.forms.transfers import TransferStepForm
from products.models import Operation, Transfer
from products.reports.transfers import lines_of
from products.services.transfer_drafts import delete_draft, has_history
from products.services.transfer_steps import cancel_transfer
from products.templatetags.inventory import quantity
from products.views.one_transfer import TransferStepPage


class TransferCancelView(TransferStepPage):
    """What is still on the way goes back; a draft that was never sent is deleted."""

    template_name = "products/transfer_cancel.html"

    @cached_property
    def is_deletion(self) -> bool:
        is_draft = self.transfer.state == Transfer.State.DRAFT
        return is_draft and not has_history(self.transfer)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.transfer.state not in Transfer.OPEN:
            return HttpResponseRedirect(self.detail_url)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "is_deletion": self.is_deletion,
            "consequence": self._consequence(),
        }

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        if not self.is_deletion:
            return super().perform(form)
        name = str(self.transfer)
        delete_draft(transfer_id=self.transfer.pk)
        return _("The draft “%s” is deleted.") % name, None

    def step(self, form: BaseForm) -> Operation:
        return cancel_transfer(
            transfer_id=self.transfer.pk,
            seen_version=cast("TransferStepForm", form).cleaned_data["version"],
            circumstances=self.circumstances(reference=str(self.transfer)),
        )

    def answer_again(self, operation: Operation) -> str:
        text = _("“%s” is cancelled.") % self.transfer
        back = operation.movements.filter(kind="transfer_in").count()
        if not back:
            return text
        more = _("What was on the way is back at %s.") % self.transfer.source
        return f"{text} {more}"

    def get_success_url(self) -> str:
        if self.is_deletion:
            return reverse("products:transfer_list")
        return super().get_success_url()

    def _consequence(self) -> str:
        """Say what cancelling does."""
        if self.is_deletion:
            return _("It was never sent, so nothing has moved.")
        if self.transfer.state == Transfer.State.DRAFT:
            return _("Nothing of it is on the way.")
        units = sum(line.outstanding for line in lines_of(self.transfer))
        text = ngettext(
            "%(units)s unit that is still on the way goes back to %(source)s.",
            "%(units)s units that are still on the way go back to %(source)s.",
            units,
        )
        return text % {"units": quantity(units), "source": self.transfer.source}
