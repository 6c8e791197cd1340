"""What is to be done with the chosen products, besides which they are."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.forms.adjusting import AdjustingForm
from products.forms.exports import ExportForm
from products.forms.offering import ask_where, offer
from products.forms.once import OnceForm, set_sent
from products.models import Category, Location, StockMovement
from products.reports.categories import category_tree
from products.services.bulk_fields import Activating, Archiving, Categorising
from products.services.bulk_plans import Change
from products.services.bulk_stock import Adjusting
from products.services.stock import Mode

NONE = "none"


class BulkForm(OnceForm):
    """Confirms a plan; `leave_out` says that what it refuses may be left as it is."""

    leave_out = forms.BooleanField(required=False)

    asks = True
    """Whether something has to be said before there is a plan."""

    def change(self) -> Change:
        """Return what is to be done; of a form that asks, once it is valid."""
        raise NotImplementedError

    def history_note(self) -> str:
        """Return what shall stand in the history."""
        return ""

    def ask_again(self) -> None:
        """Take the consent back: it was given to another plan."""
        if "leave_out" in self.data:
            set_sent(self, "leave_out", "")

    def _lay_out(self, *fields: Any) -> None:
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.form_show_errors = True
        self.helper.layout = Layout(Div(*fields, css_class="form-fields"))


class BulkArchiveForm(BulkForm):
    asks = False

    def change(self) -> Change:
        return Archiving()


class BulkActivateForm(BulkForm):
    asks = False

    def change(self) -> Change:
        return Activating()


class BulkCategoriseForm(BulkForm):
    """One query for the tree, one for the category."""

    category = forms.ChoiceField(label=gettext_lazy("New category"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paths = [(str(node.pk), node.path) for node in category_tree().values()]
        none = [("", _("Choose a category")), (NONE, _("No category"))]
        offer(self, "category", [*none, *paths])
        self._lay_out("category")

    def clean_category(self) -> Category | None:
        chosen: str = self.cleaned_data["category"]
        if chosen == NONE:
            return None
        category: Category | None = Category.objects.filter(pk=int(chosen)).first()
        if category is None:  # it went between two queries
            raise forms.ValidationError(_("This category was deleted meanwhile."))
        return category

    def change(self) -> Change:
        return Categorising(self.cleaned_data["category"])


class BulkAdjustForm(AdjustingForm, BulkForm):
    """A shop with one location is not asked where. One query, one more when sent."""

    location = forms.ModelChoiceField(
        label=gettext_lazy("Where"), queryset=Location.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = ask_where(self)
        self.fields["quantity"].label = _("Of each product")
        self.fields["quantity"].help_text = _("In whole units.")
        where = ["location"] if "location" in self.fields else []
        self._lay_out(
            Field("mode", template="products/stock_adjust_mode.html"),
            Field("quantity", wrapper_class="f-3 f-full"),
            Field("reason", wrapper_class="f-3 f-full"),
            *where,
            "note",
        )

    @property
    def place(self) -> Location:
        """The chosen place, or the only one."""
        chosen: Location = self.cleaned_data.get("location") or self.places[0]
        return chosen

    def change(self) -> Change:
        cleaned = self.cleaned_data
        mode, amount = Mode(cleaned["mode"]), int(cleaned["quantity"])
        if mode == Mode.ADD and amount < 0:
            mode, amount = Mode.TAKE, -amount
        return Adjusting(
            mode=mode,
            amount=amount,
            location_id=self.place.pk,
            reason=StockMovement.Kind(cleaned["reason"]),
        )

    def history_note(self) -> str:
        return str(self.cleaned_data["note"])


class BulkExportForm(ExportForm):
    """Which kind of file; which products it holds is said by the selection."""

    scope = None  # type: ignore[assignment]  # takes the field away
