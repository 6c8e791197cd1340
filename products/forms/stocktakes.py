"""The forms of a stocktake: what to count, one count, what is decided of lines."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.forms.fields import AmountField, QuantityField
from products.forms.offering import ask_where, offer
from products.forms.once import OnceForm
from products.forms.product_layout import Asked, Money, Section
from products.models import Brand, Location
from products.reports.categories import category_tree
from products.services.stocktake_scopes import Kind
from products.services.stocktakes import Plan

SCOPE_FIELDS = {
    Kind.SHELVES: ("shelf_from", "shelf_to"),
    Kind.CATEGORY: ("category",),
    Kind.BRAND: ("brand",),
    Kind.STALE: ("days",),
    Kind.LISTED: ("skus",),
}
INDENT = "\N{EM SPACE}"
ANY = ("", "–")
VALUE_LIMIT = 10**12


def _text(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off"} | attrs)


class StocktakeAddForm(forms.Form):
    """What to count and how. A shop with one location is not asked where.

    Four queries.
    """

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, widget=_text())
    location = forms.ModelChoiceField(
        Location.objects.none(), label=gettext_lazy("Where"), empty_label=None
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Count"), choices=Kind, initial=Kind.ALL
    )
    shelf_from = forms.CharField(
        label=gettext_lazy("From shelf"), required=False, max_length=40, widget=_text()
    )
    shelf_to = forms.CharField(
        label=gettext_lazy("To shelf"),
        required=False,
        max_length=40,
        widget=_text(),
        help_text=gettext_lazy("Included: B also means B-07-1."),
    )
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    brand = forms.ChoiceField(label=gettext_lazy("Brand"), required=False)
    days = QuantityField(
        label=gettext_lazy("Not counted for"),
        required=False,
        initial=90,
        help_text=gettext_lazy("Days."),
    )
    skus = forms.CharField(
        label=gettext_lazy("SKUs"),
        required=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=gettext_lazy("One a line, as in a spreadsheet’s column."),
    )
    is_blind = forms.BooleanField(
        label=gettext_lazy("Blind: who counts does not see what the books say"),
        required=False,
        initial=True,
    )
    sets_uncounted_to_zero = forms.BooleanField(
        label=gettext_lazy("Set what nobody counted to zero"),
        required=False,
        help_text=gettext_lazy(
            "Without it, what was not counted stays as it is in the books."
        ),
    )
    threshold_percent = QuantityField(
        label=gettext_lazy("Difference in percent"), required=False, most=1_000
    )
    threshold_value = AmountField(
        label=gettext_lazy("Difference in value"),
        required=False,
        places=2,
        limit=VALUE_LIMIT,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = ask_where(self)
        today = date_format(timezone.localdate(), "j F Y")
        self.fields["name"].initial = _("Count of %(day)s") % {"day": today}
        categories = category_tree().values()
        names = [(node.pk, INDENT * node.depth + node.name) for node in categories]
        brands = Brand.objects.order_by("name", "pk").values_list("pk", "name")
        offer(self, "category", [ANY, *names])
        offer(self, "brand", [ANY, *brands])
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = False
        self.helper.form_error_title = _("The count was not set up")
        self.helper.layout = self._layout()

    def plan(self) -> Plan:
        """Return what the cleaned form asks for."""
        typed = self.cleaned_data
        return Plan(
            name=typed["name"],
            location_id=(typed.get("location") or self.places[0]).pk,
            scope=self._scope(),
            is_blind=typed["is_blind"],
            sets_uncounted_to_zero=typed["sets_uncounted_to_zero"],
            threshold_percent=typed["threshold_percent"],
            threshold_value=typed["threshold_value"],
        )

    def _scope(self) -> dict[str, Any]:
        typed = self.cleaned_data
        scope: dict[str, Any] = {"kind": str(typed["kind"])}
        if scope["kind"] == Kind.SHELVES:
            scope |= {"from": typed["shelf_from"], "to": typed["shelf_to"]}
        elif scope["kind"] in {Kind.CATEGORY, Kind.BRAND}:
            chosen = typed[scope["kind"]]
            scope[scope["kind"]] = int(chosen) if chosen else None
        elif scope["kind"] == Kind.STALE:
            scope["days"] = typed["days"]
        elif scope["kind"] == Kind.LISTED:
            lines = (line.strip() for line in typed["skus"].splitlines())
            scope["skus"] = list(dict.fromkeys(line for line in lines if line))
        return scope

    def _layout(self) -> Layout:
        asked = ["location"] if "location" in self.fields else []
        choices = [
            Div(
                *(Asked(name, "f-3") for name in names),
                css_class="form-fields",
                data_shown_for=f"kind={kind}",
            )
            for kind, names in SCOPE_FIELDS.items()
        ]
        return Layout(
            Section(_("What to count"), "", "name", *asked, "kind", *choices),
            Section(
                _("How"),
                _("Selling goes on: each count is compared with its own moment."),
                "is_blind",
                "sets_uncounted_to_zero",
            ),
            Section(
                _("Look twice"),
                _(
                    "A difference above one of these is counted again by somebody"
                    " else, or confirmed with a note. Empty: never."
                ),
                Asked("threshold_percent", "f-3"),
                Money("threshold_value", "f-3"),
            ),
        )


class StocktakeCountForm(OnceForm):
    """One count, typed on a page without scripts; the script sends the same fields."""

    code = forms.CharField(
        label=gettext_lazy("SKU or barcode"), max_length=255, widget=_text()
    )
    quantity = QuantityField(label=gettext_lazy("Counted"), initial=1)
    shelf = forms.CharField(
        label=gettext_lazy("Shelf"), required=False, max_length=40, widget=_text()
    )


class StocktakeReviewForm(forms.Form):
    """What to do with the ticked lines, or with `every` line of the list."""

    line = forms.MultipleChoiceField(required=False)
    every = forms.BooleanField(required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=200,
        widget=_text(),
        help_text=gettext_lazy("Why the difference is right."),
    )

    def __init__(self, *args: Any, lines: Sequence[int], **kwargs: Any) -> None:
        """`lines` are the ids of the list that the person looks at."""
        super().__init__(*args, **kwargs)
        self.lines = lines
        offer(self, "line", [(str(pk), str(pk)) for pk in lines])

    def chosen(self) -> list[int]:
        """Return the ids of the lines that are meant."""
        if self.cleaned_data["every"]:
            return list(self.lines)
        return [int(pk) for pk in self.cleaned_data["line"]]
