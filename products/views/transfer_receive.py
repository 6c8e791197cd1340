"""Receiving a transfer: scan or type what arrived."""

from typing import Any, cast

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.forms.transfers import TransferReceiveForm
from products.models import Operation, Product, Transfer, TransferLine
from products.reports.transfers import lines_of, shelves_at
from products.services.transfer_steps import receive_transfer
from products.templatetags.inventory import quantity
from products.views.documents import Said
from products.views.one_transfer import TransferStepPage


class TransferReceiveView(TransferStepPage):
    """A row for each product on the way; a difference asks for a reason."""

    form_class = TransferReceiveForm
    template_name = "products/transfer_receive.html"

    said: Said | None = None

    @cached_property
    def lines(self) -> list[TransferLine]:
        """What is still on the way."""
        return [line for line in lines_of(self.transfer) if line.outstanding]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.transfer.state not in Transfer.ON_THE_WAY:
            return HttpResponseRedirect(self.detail_url)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "add" in request.POST:
            return self._count()
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "lines": self.lines,
            "shelves": shelves_at(self.transfer.destination_id, self.lines),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"said": self.said}

    def step(self, form: BaseForm) -> Operation:
        typed = cast("TransferReceiveForm", form)
        return receive_transfer(
            transfer_id=self.transfer.pk,
            arrivals=typed.arrivals(),
            seen_version=typed.cleaned_data["version"],
            circumstances=self.circumstances(
                reference=str(self.transfer), reason=typed.cleaned_data["reason"]
            ),
        )

    def answer_again(self, operation: Operation) -> str:
        moved = operation.movements.filter(kind__in=("transfer_in", "found"))
        units = sum(moved.values_list("delta", flat=True))
        lost = operation.movements.filter(kind="lost").values_list("delta", flat=True)
        text = ngettext(
            "%(units)s unit of “%(transfer)s” received.",
            "%(units)s units of “%(transfer)s” received.",
            units,
        ) % {"units": quantity(units), "transfer": self.transfer}
        if not lost:
            return text
        gone = _("%(units)s booked as lost.") % {"units": quantity(-sum(lost))}
        return f"{text} {gone}"

    def _count(self) -> HttpResponse:
        """Count one of what was scanned, without receiving yet."""
        form = cast("TransferReceiveForm", self.get_form())
        code = str(form.data.get("code", "")).strip()
        product = Product.objects.find_by_code(code) if code else None
        row = form.count_one(product.pk) if product else None
        if row is not None:
            text = _("“%(name)s”: %(units)s arrived.")
            facts = {"name": row.name, "units": quantity(row.units)}
            self.said = Said(text % facts)
        elif product is not None:
            text = _("“%s” is not on this transfer. Set it aside and adjust its stock.")
            self.said = Said(text % product.name, is_good=False)
        elif code:
            self.said = Said(_("No product has the code “%s”.") % code, is_good=False)
        return self.render_to_response(self.get_context_data(form=form))
