"""The form that adjusts stock: more, less, or a new count."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.forms.adjusting import AdjustingForm
from products.forms.hold_ticks import HoldsField
from products.forms.offering import ask_where
from products.models import Location, StockLevel
from products.reports.open_holds import open_holds
from products.services.stock import Mode


class PlaceSelect(forms.Select):
    """Tells the script what is at each place."""

    on_hand: dict[int, int]

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> Any:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["data-on-hand"] = self.on_hand.get(
            getattr(value, "value", 0), 0
        )
        return option


class PlaceField(forms.ModelChoiceField):
    """A location, with what is there."""

    widget = PlaceSelect

    def label_from_instance(self, obj: Location) -> str:
        return _("%(location)s (%(quantity)s on hand)") % {
            "location": obj.name,
            "quantity": number_format(
                self.widget.on_hand.get(obj.pk, 0), force_grouping=True
            ),
        }


class StockAdjustForm(AdjustingForm):
    """How much, where and why. A shop with one location is not asked where.

    `product_id` gives the quantities shown. What is held can be let go once it is in
    the way: `offer_holds`, for those who may. Two queries, two more when sent.
    """

    location = PlaceField(
        label=gettext_lazy("Where"), queryset=Location.objects.none(), empty_label=None
    )

    def __init__(
        self, *args: Any, product_id: int, may_release: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.product_id, self.may_release = product_id, may_release
        self.places = ask_where(self)
        self._show_stock(product_id)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.form_error_title = _("Not adjusted yet")
        self.helper.layout = self._layout()
        if self.may_release and self.is_bound and "releasing" in self.data:
            self.offer_holds(self._sent_place())

    def offer_holds(self, location_id: int) -> bool:
        """Ask which holds to let go there; say whether there is one. One query."""
        holds = open_holds(self.product_id, location_id) if self.may_release else []
        if not holds:
            return False
        self.fields["releasing"] = HoldsField(holds)
        self.helper.layout = self._layout()
        return True

    def releasing(self) -> list[int]:
        """Return the holds to let go."""
        return [int(pk) for pk in self.cleaned_data.get("releasing", ())]

    def counted(self) -> int | None:
        """Return what is there, when that is what the person says."""
        quantity: int = self.cleaned_data["quantity"]
        return quantity if self.cleaned_data["mode"] == Mode.COUNT else None

    def delta(self) -> int:
        """Return what came (plus) or went (minus), in base units; 0 for a count."""
        quantity: int = self.cleaned_data["quantity"]
        signs = {Mode.ADD: 1, Mode.TAKE: -1, Mode.COUNT: 0}
        return quantity * signs[self.cleaned_data["mode"]]

    def location_id(self) -> int:
        """Return where: the chosen place, or the only one."""
        chosen: Location = self.cleaned_data.get("location") or self.places[0]
        return chosen.pk

    def _sent_place(self) -> int:
        """Return the place that was sent, before anything is checked."""
        sent = str(self.data.get("location", ""))
        ids = [place.pk for place in self.places]
        return next((pk for pk in ids if str(pk) == sent), ids[0])

    def _show_stock(self, product_id: int) -> None:
        levels = StockLevel.objects.filter(product_id=product_id)
        on_hand = dict(levels.values_list("location_id", "on_hand"))
        self.fields["quantity"].widget.attrs |= {
            "data-on-hand": on_hand.get(self.places[0].pk, 0),
            "data-after-text": _("{now} on hand now, {after} after this."),
        }
        self.fields["quantity"].help_text = _("In whole units.")
        if "location" in self.fields:
            self.fields["location"].widget.on_hand = on_hand

    def _layout(self) -> Layout:
        asked = ["location"] if "location" in self.fields else []
        held = ["releasing"] if "releasing" in self.fields else []
        return Layout(
            "once_key",
            Div(
                Field("mode", template="products/stock_adjust_mode.html"),
                Field("quantity", wrapper_class="f-3 f-full"),
                Field("reason", wrapper_class="f-3 f-full"),
                *asked,
                *held,
                "note",
                css_class="form-fields",
            ),
        )
