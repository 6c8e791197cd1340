"""Letting go of holds: what they kept is available again."""

from collections.abc import Sequence

from django.forms import BaseForm
from django.utils.translation import gettext as _

from products.forms.holds import HoldReleaseForm
from products.models import Hold, Operation
from products.services.reservations import release_holds
from products.views.hold_dialogs import HoldDialog, units_of


class HoldReleaseView(HoldDialog):
    """Releases the chosen holds."""

    permission_required = "products.hold_stock"
    form_class = HoldReleaseForm
    template_name = "products/hold_release.html"

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        operation = release_holds(
            hold_ids=self.ids,
            circumstances=self.circumstances(reason=form.cleaned_data["reason"]),
        )
        return self.answer_again(operation), operation

    def said(self, holds: Sequence[Hold]) -> str:
        return _("Released: %(what)s.") % {"what": units_of(holds)}
