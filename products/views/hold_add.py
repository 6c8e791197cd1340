"""Holding stock: many lines, all of them or none."""

from typing import cast

from django.urls import reverse
from django.utils.translation import gettext as _

from products.errors import FieldRefused, InsufficientStock
from products.forms.documents import DocumentForm
from products.forms.holds import HoldAddForm
from products.forms.questions import day_and_time
from products.models import Operation
from products.services.operations import Circumstances
from products.services.reservations import hold_stock
from products.views.documents import DocumentPage
from products.views.hold_dialogs import units_of


class HoldAddView(DocumentPage):
    """Keeps stock for somebody; what is short is said at each line."""

    permission_required = "products.hold_stock"
    form_class = HoldAddForm
    template_name = "products/hold_add.html"

    def get_success_url(self) -> str:
        return reverse("products:hold_list")

    def post_lines(self, form: DocumentForm, circumstances: Circumstances) -> Operation:
        form = cast("HoldAddForm", form)
        try:
            return hold_stock(
                wanted=form.wanted(),
                expires_at=form.expires_at(),
                circumstances=circumstances,
            )
        except FieldRefused as refusal:  # its minute came while the form was checked
            said = refusal.errors.get("expires_at", [])
            raise FieldRefused({"until_time": said}) from refusal
        except InsufficientStock:
            for line in form.lines:
                line.can_find = False
            raise

    def answer_again(self, operation: Operation) -> str:
        holds = list(operation.holds.all())
        what, end = units_of(holds), holds[0].expires_at
        if end is None:
            return self.linked(operation, _("Held until released: %s.") % what)
        words = _("Held until %(time)s: %(what)s.")
        facts = {"time": day_and_time(end), "what": what}
        return self.linked(operation, words % facts)
