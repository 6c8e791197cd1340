"""The form that moves the closing date."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.forms.days import DayField
from products.models import Closing

REASON = Closing._meta.get_field("reason")


class ClosingSection(Fieldset):
    hint = gettext_lazy(
        "Nothing can be dated on this day or before it, late entries too."
    )


class ClosingForm(forms.Form):
    """Through which day, and why; `seen` is the closing the page showed."""

    closed_through = DayField(
        label=gettext_lazy("Closed through"),
        help_text=gettext_lazy("The last day that is closed. It must be over."),
    )
    opens_all = forms.BooleanField(
        label=gettext_lazy("Open everything again"), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=REASON.max_length,
        help_text=gettext_lazy("Stands in the list below, with your name."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput, label="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.form_error_title = _("Not moved yet")
        section = ClosingSection(
            _("Move the closing date"),
            "seen",
            Field("closed_through", wrapper_class="f-3 f-full"),
            "opens_all",
            "reason",
        )
        self.helper.layout = Layout(section)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        day, opens_all = cleaned.get("closed_through"), cleaned.get("opens_all")
        if "closed_through" in self.errors:
            return cleaned
        if opens_all and day:
            self.add_error(
                "closed_through", _("Leave this empty when you open everything again.")
            )
        elif not opens_all and not day:
            self.add_error("closed_through", _("Choose the last day that is closed."))
        return cleaned
