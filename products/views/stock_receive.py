"""Receiving a delivery: many lines, one operation."""

from typing import cast

from django.utils.translation import gettext as _

from products.forms.document_line import DocumentLine
from products.forms.documents import DocumentForm, StockReceiveForm
from products.models import Operation
from products.services.goods import Received, receive_goods
from products.services.operations import Circumstances
from products.views.documents import DocumentPage


class StockReceiveView(DocumentPage):
    """Posts a delivery; each line has a cost, for those who see costs."""

    form_class = StockReceiveForm
    template_name = "products/stock_receive.html"
    has_costs = True

    def post_lines(self, form: DocumentForm, circumstances: Circumstances) -> Operation:
        return receive_goods(
            lines=[_received(line) for line in form.lines],
            location_id=form.place.pk,
            circumstances=circumstances,
        )

    def answer_again(self, operation: Operation) -> str:
        counted = self.counted(operation)
        return self.linked(
            operation, _("%(units)s of %(products)s received.") % counted
        )


def _received(line: DocumentLine) -> Received:
    return Received(line.product.pk, cast("int", line.units), line.unit_cost)
