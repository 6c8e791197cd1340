"""Giving holds another end."""

from collections.abc import Sequence
from typing import cast

from django.forms import BaseForm
from django.utils.translation import gettext as _

from products.errors import FieldRefused
from products.forms.holds import HoldRenewForm
from products.forms.questions import day_and_time
from products.models import Hold, Operation
from products.services.reservations import renew_holds
from products.views.hold_dialogs import HoldDialog, units_of


class HoldRenewView(HoldDialog):
    """Renews the chosen holds, from now on."""

    permission_required = "products.hold_stock"
    form_class = HoldRenewForm
    template_name = "products/hold_renew.html"

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        form = cast("HoldRenewForm", form)
        try:
            operation = renew_holds(
                hold_ids=self.ids,
                expires_at=form.expires_at(),
                circumstances=self.circumstances(),
            )
        except FieldRefused as refusal:  # its minute came while the form was checked
            raise FieldRefused(
                {"until_time": refusal.errors.get("expires_at", [])}
            ) from refusal
        return self.answer_again(operation), operation

    def said(self, holds: Sequence[Hold]) -> str:
        ends = {hold.expires_at for hold in holds}
        end = ends.pop() if len(ends) == 1 else None
        if end is None:
            words = _("Held until somebody releases it: %(what)s.")
            return words % {"what": units_of(holds)}
        return _("Held until %(time)s: %(what)s.") % {
            "time": day_and_time(end),
            "what": units_of(holds),
        }
