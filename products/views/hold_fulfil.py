"""Selling what holds keep: it leaves stock, and is held no more."""

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext as _

from products.forms.holds import HoldFulfilForm
from products.models import Hold, Operation
from products.services.reservations import fulfil_holds
from products.views.hold_dialogs import HoldDialog, units_of


class HoldFulfilView(HoldDialog):
    """Fulfils the chosen holds."""

    permission_required = ("products.hold_stock", "products.adjust_stock")
    form_class = HoldFulfilForm
    template_name = "products/hold_fulfil.html"

    def get_initial(self) -> dict[str, Any]:
        """Take over the reference that all of them have."""
        references = {line.hold.reference for line in self.live}
        reference = references.pop() if len(references) == 1 else ""
        return super().get_initial() | {"reference": reference}

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        operation = fulfil_holds(
            hold_ids=self.ids,
            circumstances=self.circumstances(reference=form.cleaned_data["reference"]),
        )
        return self.answer_again(operation), operation

    def said(self, holds: Sequence[Hold]) -> str:
        return _("Fulfilled and sold: %(what)s.") % {"what": units_of(holds)}
