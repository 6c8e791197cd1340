"""Forms of locations: the site's own, and the check of the Django admin."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from products.errors import InventoryError
from products.forms.fields import QuantityField
from products.models import Location
from products.services.locations import refuse_in_use

LAST = 32_767  # of the column


class LocationForm(forms.ModelForm):
    """Name, code and order of a location."""

    priority = QuantityField(
        label=pgettext_lazy("in a list", "Order"),
        required=False,
        most=LAST,
        help_text=gettext_lazy("Lower comes first in lists."),
    )

    class Meta:
        model = Location
        fields = ["name", "code", "priority"]
        help_texts = {
            "code": gettext_lazy("Short, for files and commands, like BACK or VAN-2."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.form_error_title = _("Not saved yet")
        self.helper.layout = Layout(
            Fieldset(
                _("What it is called"),
                "name",
                Field("code", wrapper_class="f-3 f-full", autocomplete="off"),
                Field("priority", wrapper_class="f-3 f-full"),
            )
        )

    def clean_priority(self) -> int:
        return self.cleaned_data["priority"] or 0


class LocationAdminForm(forms.ModelForm):
    """Keeps a location in use that has stock or open documents, as the site does.

    Validate it inside a transaction, as the admin does.
    """

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        stops = self.instance.is_active and cleaned.get("is_active") is False
        if self.instance.pk and stops:
            try:
                refuse_in_use(location_id=self.instance.pk)
            except InventoryError as refusal:
                self.add_error("is_active", refusal.message)
        return cleaned
