"""Holds to let go, as tick boxes."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _

from products.forms.fields import grouped
from products.forms.questions import day_and_time
from products.models import Hold


class HoldsField(forms.MultipleChoiceField):
    """Which of `holds` to release; cleans to their ids as text."""

    def __init__(self, holds: Sequence[Hold]) -> None:
        super().__init__(
            label=_("Release what is held"),
            required=False,
            choices=[(str(hold.pk), _label(hold)) for hold in holds],
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Ticked, they end together with this adjustment."),
            error_messages={
                "invalid_choice": _("One of the holds has ended. Look at them again.")
            },
        )


def _label(hold: Hold) -> str:
    """Return "3 for Order 17, until 4 March at 12:00"."""
    facts = {
        "units": grouped(hold.quantity),
        "reference": hold.reference or _("somebody"),
        "until": day_and_time(hold.expires_at),
    }
    if hold.expires_at is None:
        return _("%(units)s for %(reference)s, until released") % facts
    return _("%(units)s for %(reference)s, until %(until)s") % facts
