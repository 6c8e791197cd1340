"""What a product has at one location besides its stock."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.forms.fields import QuantityField
from products.models import StockLevel
from products.services.shelves import Arrangement

MOST = 2_147_483_647  # of the columns


class LevelForm(forms.Form):
    """Shelf code, and the location's own reorder figures where there are several.

    A shop with one location has the product's own and is not asked twice.
    """

    shelf = forms.CharField(
        label=gettext_lazy("Shelf"),
        required=False,
        max_length=StockLevel._meta.get_field("shelf").max_length,
        help_text=gettext_lazy("Where it stands, such as B-04-2."),
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off"}),
    )
    reorder_point = QuantityField(
        label=gettext_lazy("Reorder at"), required=False, most=MOST
    )
    reorder_quantity = QuantityField(
        label=gettext_lazy("Order quantity"), required=False, most=MOST
    )

    def __init__(self, *args: Any, has_several_locations: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        figures = ["reorder_point", "reorder_quantity"]
        if not has_several_locations:
            for name in figures:
                self.initial.pop(name, None)
                del self.fields[name]
            figures = []
        else:
            text = _("Here only. Empty: the one of the whole shop.")
            self.fields["reorder_point"].help_text = text
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.form_error_title = _("Not saved yet")
        self.helper.layout = Layout(
            Div(
                "shelf",
                *(Field(name, wrapper_class="f-3 f-full") for name in figures),
                css_class="form-fields",
            )
        )

    def arrangement(self, stored: Arrangement) -> Arrangement:
        """Return what the form says; of what it does not ask, what is stored."""
        cleaned = self.cleaned_data
        return Arrangement(
            shelf=cleaned["shelf"],
            reorder_point=cleaned.get("reorder_point", stored.reorder_point),
            reorder_quantity=cleaned.get("reorder_quantity", stored.reorder_quantity),
        )
