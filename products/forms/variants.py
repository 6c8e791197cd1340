"""The variant maker: by which options the variants differ, and with which values."""

import re
from dataclasses import dataclass
from itertools import product as combinations
from math import prod
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.fields import fold_key
from products.forms.once import OnceForm
from products.forms.product_layout import Section, Words
from products.models import Product, ProductGroup
from products.services.variants import MOST, OPTIONS, Grouping

NAME_LENGTH = 60  # of ProductGroup.option1_name
VALUE_LENGTH = 120  # of Product.option1

ORDINALS = (
    gettext_lazy("First option"),
    gettext_lazy("Second option"),
    gettext_lazy("Third option"),
)
EXAMPLES = (
    gettext_lazy("Such as Size, with S, M and L."),
    gettext_lazy("Such as Colour. Leave it empty when one option is enough."),
    gettext_lazy("Such as Material."),
)

Combination = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One way in which the variants differ: "Size" with S, M and L; `own` is M."""

    name: str
    values: tuple[str, ...]
    own: str


def folded(combination: Combination) -> Combination:
    """Return what two combinations must share to be the same."""
    return tuple(fold_key(value) for value in combination)


class ValuesField(forms.CharField):
    """A list with commas; cleans to its values, each once whatever the case."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        values: dict[str, str] = {}
        for part in re.split(r"[,;\n]", text):
            word = " ".join(part.split())
            if len(word) > VALUE_LENGTH:
                raise ValidationError(
                    _("A value can have %(most)d characters at most."),
                    code="too_long",
                    params={"most": VALUE_LENGTH},
                )
            if word:
                values.setdefault(fold_key(word), word)
        return tuple(values.values())


class ProductVariantsForm(OnceForm):
    """Up to three options. A group has its names; a new one is asked for them.

    Build it with the product's group loaded. One query for a product with a group.
    """

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.product = product
        self.is_complete = False  # the options make combinations
        self.group: ProductGroup | None = product.group
        self.siblings = self._siblings()
        self.numbers = [
            number
            for number, option in enumerate(OPTIONS, 1)
            if self.group is None
            or getattr(self.group, f"{option}_name")
            or any(getattr(each, option) for each in self.siblings)
        ]
        for number in self.numbers:
            self._add_fields(number)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = self._layout()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for number in self.numbers:
            self._check_complete(number)
        if not self.errors:
            self._check_whole()
        self.is_complete = not self.errors
        return cleaned

    def options(self) -> list[Option]:
        """Return the options that are filled in, in their order."""
        return [
            Option(
                self._text("name", number),
                self._values(number),
                self._text("own", number),
            )
            for number in self.numbers
            if self._values(number)
        ]

    def combinations(self) -> list[Combination]:
        """Return every combination, those that exist already among them."""
        return list(combinations(*(option.values for option in self.options())))

    def known(self) -> dict[Combination, Product]:
        """Return the products there are, by their folded combination."""
        if self.group is None:
            own = tuple(option.own for option in self.options())
            return {folded(own): self.product}
        return {
            folded(tuple(getattr(each, OPTIONS[n - 1]) for n in self.numbers)): each
            for each in self.siblings
        }

    def missing(self) -> list[Combination]:
        """Return the combinations that no product is yet."""
        known = self.known()
        return [one for one in self.combinations() if folded(one) not in known]

    def grouping(self) -> Grouping | None:
        """Return the group to make; None where there is one."""
        if self.group is not None:
            return None
        options = self.options()
        return Grouping(
            names=tuple(option.name for option in options),
            own=tuple(option.own for option in options),
        )

    def _siblings(self) -> list[Product]:
        if self.group is None:
            return []
        return list(Product.objects.filter(group=self.group).order_by("pk"))

    def _add_fields(self, number: int) -> None:
        self.fields[f"values{number}"] = ValuesField(
            label=_("All values"), required=False, help_text=_("Separated by commas.")
        )
        if self.group is not None:
            option = OPTIONS[number - 1]
            values = dict.fromkeys(getattr(each, option) for each in self.siblings)
            self.initial[f"values{number}"] = ", ".join(filter(None, values))
            return
        self.fields[f"name{number}"] = forms.CharField(
            label=_("Option"), required=False, max_length=NAME_LENGTH
        )
        self.fields[f"own{number}"] = forms.CharField(
            label=_("This product is"), required=False, max_length=VALUE_LENGTH
        )

    def _layout(self) -> Layout:
        sections = [self._section(number) for number in self.numbers]
        preview = HTML('{% include "products/product_variants_preview.html" %}')
        return Layout(
            "once_key", Div(*sections, Section("", "", preview), css_class="panel")
        )

    def _section(self, number: int) -> Section:
        if self.group is not None:
            hint = _("Add values to make more.")
            return Section(self._legend(number), hint, f"values{number}")
        return Section(
            ORDINALS[number - 1],
            EXAMPLES[number - 1],
            Field(f"name{number}", wrapper_class="f-3"),
            Field(f"own{number}", wrapper_class="f-3"),
            f"values{number}",
        )

    def _legend(self, number: int) -> Words:
        if not getattr(self.group, f"option{number}_name"):
            return ORDINALS[number - 1]
        # Crispy compiles legends as templates, and a name may look like a tag of one.
        return f"{{{{ form.group.option{number}_name }}}}"

    def _text(self, part: str, number: int) -> str:
        """Return the option's name, or this product's own value of it."""
        if self.group is None:
            return str(self.cleaned_data.get(f"{part}{number}") or "")
        if part == "name":
            return str(getattr(self.group, f"option{number}_name"))
        return str(getattr(self.product, f"option{number}"))

    def _values(self, number: int) -> tuple[str, ...]:
        """Return the values, this product's own one among them."""
        values: tuple[str, ...] = self.cleaned_data.get(f"values{number}") or ()
        own = self._text("own", number)
        if values and own and fold_key(own) not in map(fold_key, values):
            return (own, *values)
        return values

    def _check_complete(self, number: int) -> None:
        asked = {
            f"name{number}": _("Name this option, such as Size."),
            f"own{number}": _("Say which of the values this product is."),
            f"values{number}": _("Write its values, such as S, M, L."),
        }
        fields = [name for name in asked if name in self.fields]
        is_used = self.group or any(self.data.get(self.add_prefix(n)) for n in fields)
        for name in fields if is_used else ():
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, asked[name])

    def _check_whole(self) -> None:
        options = self.options()
        count = prod(len(option.values) for option in options)
        if not options:
            self.add_error(
                "name1",
                _("Name at least one option, such as Size, and its values."),
            )
        elif len({fold_key(option.name) for option in options}) < len(options):
            self.add_error(None, _("Two options have the same name."))
        elif count > MOST:
            self.add_error(
                None,
                _("These are %(count)d combinations; %(most)d at once is the most.")
                % {"count": count, "most": MOST},
            )
