"""The form that names the columns of a table."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.errors import Unreadable
from products.fields import fold_key
from products.models import ImportRun, Location
from products.tabular.own_csv import STOCK_AT

MOST = 300  # columns that a page shows; those after them are not read

Choices = list[tuple[str | Promise, str | Promise | list[tuple[str, str | Promise]]]]

GROUPS: Mapping[str | Promise, Mapping[str, str | Promise]] = {
    gettext_lazy("Product"): {
        "name": gettext_lazy("Name"),
        "description": gettext_lazy("Description"),
        "category": gettext_lazy("Category"),
        "brand": gettext_lazy("Brand"),
        "supplier_name": gettext_lazy("Supplier"),
        "tags": gettext_lazy("Tags"),
        "status": gettext_lazy("Status"),
        "image_url": gettext_lazy("Link to a picture"),
        "weight": gettext_lazy("Weight in grams"),
        "weight_kg": gettext_lazy("Weight in kilograms"),
    },
    gettext_lazy("Codes"): {
        "sku": gettext_lazy("SKU"),
        "barcode": gettext_lazy("Barcode"),
    },
    gettext_lazy("Price"): {
        "price": gettext_lazy("Price"),
        "cost": gettext_lazy("Cost"),
    },
    gettext_lazy("Reordering"): {
        "reorder_point": gettext_lazy("Reorder point"),
        "reorder_quantity": gettext_lazy("Order quantity"),
    },
    gettext_lazy("Variants"): {
        "group_handle": gettext_lazy("Group"),
        "group_name": gettext_lazy("Name of the group"),
        "option1_name": gettext_lazy("Name of option 1"),
        "option1": gettext_lazy("Option 1"),
        "option2_name": gettext_lazy("Name of option 2"),
        "option2": gettext_lazy("Option 2"),
        "option3_name": gettext_lazy("Name of option 3"),
        "option3": gettext_lazy("Option 3"),
    },
}
"""What a column can be, in the order of the select."""

SAME = {"weight_kg": "weight"}
"""Fields that are the same in the shop."""

WHY = {
    "name": gettext_lazy("Guessed by its name"),
    "content": gettext_lazy("Guessed by its content"),
    "remembered": gettext_lazy("As in a file before"),
}


class ImportColumnsForm(forms.Form):
    """A select for each column that can be named, with what is known chosen.

    Takes the run, whose report lists the columns.
    """

    def __init__(self, *args: Any, run: ImportRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run = run
        if "header" not in run.report:
            raise Unreadable(str(run._meta.verbose_name), pk=run.pk)
        self.named: list[dict[str, Any]] = run.report.get("columns", [])
        self.places = Location.objects.places()
        choices = self._choices()
        spelled = {
            fold_key(value): value
            for _group, inner in choices
            if isinstance(inner, list)
            for value, _label in inner
        }
        for place in self.places:
            for text in (place.name, place.code):
                spelled[fold_key(f"{STOCK_AT}{text}")] = self._stock_at(place)
        for number, column in enumerate(self.named[:MOST]):
            self.fields[f"column{number}"] = forms.ChoiceField(
                label=column["title"],
                choices=choices,
                required=False,
                initial=spelled.get(fold_key(column["field"]), ""),
            )

    def rows(self) -> Iterator[tuple[dict[str, Any], BoundField, str | Promise]]:
        """Yield each column with its select and where its first choice is from."""
        for number, column in enumerate(self.named[:MOST]):
            yield column, self[f"column{number}"], WHY.get(column["why"], "")

    @property
    def unnamed(self) -> list[str]:
        """Headers of the columns that can't be named: the later ones of equal ones."""
        there = {column["title"] for column in self.named[:MOST]}
        seen: set[str] = set()
        left: list[str] = []
        for title in self.run.report["header"]:
            if title in seen or title not in there:
                left.append(title or _("a column without a header"))
            seen.add(title)
        return left

    def mapping(self) -> dict[str, str]:
        """Return header -> field for every column, "" for one that is not read."""
        return {
            column["title"]: self.cleaned_data.get(f"column{number}", "")
            for number, column in enumerate(self.named)
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        holders: dict[str, str] = {}
        for name, field in list(cleaned.items()):  # an error takes one out
            if not field:
                continue
            first = holders.setdefault(SAME.get(field, field), name)
            if first != name:
                titles = self.fields[first].label, self.fields[name].label
                self._refuse_pair(first, titles[1])
                self._refuse_pair(name, titles[0])
        if not self.errors and not {"sku", "barcode"} & holders.keys():
            raise forms.ValidationError(
                _(
                    "Choose the column that holds the SKU. Without one, a column with"
                    " barcodes is enough to change products that are there."
                )
            )
        return cleaned

    def _stock_at(self, place: Location) -> str:
        """Return the choice for the stock at `place`."""
        return "on_hand" if place == self.run.location else f"{STOCK_AT}{place.code}"

    def _refuse_pair(self, name: str, other: object) -> None:
        self.add_error(
            name,
            _("“%(column)s” is chosen for the same. Keep one of the two.")
            % {"column": other},
        )

    def _choices(self) -> Choices:
        stock: list[tuple[str, str | Promise]] = [
            ("on_hand", _("On hand at %(place)s") % {"place": self.run.location})
        ]
        stock += [
            (self._stock_at(place), _("On hand at %(place)s") % {"place": place})
            for place in self.places
            if place != self.run.location
        ]
        stock.append(("on_hand_list", _("On hand, listed: main=3, back=4")))
        groups: Choices = [("", _("Not read"))]
        groups += [(label, list(fields.items())) for label, fields in GROUPS.items()]
        groups.insert(4, (_("Stock"), stock))
        return groups
