"""Selling over the counter: many lines, one operation."""

from typing import cast

from django.utils.translation import gettext as _

from products.forms.documents import DocumentForm, StockSellForm
from products.models import Operation
from products.services.goods import Sold, sell_goods
from products.services.operations import Circumstances
from products.views.documents import DocumentPage


class StockSellView(DocumentPage):
    """Posts a sale; what is here though the book says it is gone is found first."""

    form_class = StockSellForm
    template_name = "products/stock_sell.html"

    def post_lines(self, form: DocumentForm, circumstances: Circumstances) -> Operation:
        return sell_goods(
            lines=[
                Sold(line.product.pk, cast("int", line.units)) for line in form.lines
            ],
            location_id=form.place.pk,
            found=form.lines.found,
            circumstances=circumstances,
        )

    def answer_again(self, operation: Operation) -> str:
        counted = self.counted(operation)
        return self.linked(operation, _("%(units)s of %(products)s sold.") % counted)
