"""The table of the variant maker: one row for each SKU to make, checked together."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.fields import fold_key, validate_barcode, validate_sku
from products.forms.fields import AmountField, QuantityField
from products.forms.products import link_to
from products.forms.variants import Combination
from products.models import Product
from products.services.variants import MOST, OPTIONS, Variant

CODE_LENGTH = 12  # characters of a value in a proposed SKU
SKU_LENGTH = 100  # of Product.sku


class VariantRowForm(forms.Form):
    """One SKU. Without its tick nothing of it is read, and nothing is wrong."""

    make = forms.BooleanField(label=gettext_lazy("Make"), required=False, initial=True)
    option1 = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    option2 = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    option3 = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    sku = forms.CharField(
        label=gettext_lazy("SKU"), max_length=SKU_LENGTH, validators=[validate_sku]
    )
    barcode = forms.CharField(
        label=gettext_lazy("Barcode"),
        required=False,
        max_length=80,
        validators=[validate_barcode],
    )
    price = AmountField(
        label=gettext_lazy("Price"), required=False, places=2, limit=10**10
    )
    cost = AmountField(
        label=gettext_lazy("Cost"), required=False, places=6, limit=10**9
    )
    quantity = QuantityField(label=gettext_lazy("On hand"), required=False)

    def __init__(
        self, *args: Any, sees_cost: bool, moves_stock: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not sees_cost:
            del self.fields["cost"]
        if not moves_stock:
            del self.fields["quantity"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("make"):
            self.errors.clear()
        return cleaned

    @property
    def combination(self) -> Combination:
        """The options of this row, as many as are filled."""
        values = (self[option].value() or "" for option in OPTIONS)
        return tuple(value for value in values if value)

    def variant(self, base: Product) -> Variant:
        """Return what is to be made; what this person can't see is as at `base`."""
        cleaned = self.cleaned_data
        return Variant(
            options=self.combination,
            sku=cleaned["sku"],
            barcode=cleaned["barcode"] or None,
            price=cleaned["price"],
            cost=cleaned.get("cost") if "cost" in self.fields else base.cost,
            quantity=cleaned.get("quantity") or 0,
        )


class VariantRows(forms.BaseFormSet):
    """All rows; no two of them, and none with a product there is, share a code."""

    def clean(self) -> None:
        ticked = self.ticked()
        if not ticked:
            raise ValidationError(_("Tick one variant or more."), code="none")
        skus = {row: fold_key(row.cleaned_data.get("sku") or "") for row in ticked}
        codes = {row: row.cleaned_data.get("barcode") or "" for row in ticked}
        self._refuse_taken("sku", "sku_key", skus)
        self._refuse_taken("barcode", "barcode", codes)

    def ticked(self) -> list[VariantRowForm]:
        """Return the rows that are to be made."""
        return [row for row in self.forms if row.cleaned_data.get("make")]

    def typed(self) -> dict[Combination, dict[str, Any]]:
        """Return what each row brought, good or not, by its combination."""
        return {
            row.combination: {name: row[name].value() for name in row.fields}
            for row in self.forms
        }

    def _refuse_taken(
        self, field: str, column: str, codes: Mapping[VariantRowForm, str]
    ) -> None:
        found = Product.objects.filter(**{f"{column}__in": set(codes.values()) - {""}})
        taken = {getattr(product, column): product for product in found}
        seen: set[str] = set()
        for row, code in codes.items():
            if code in taken:
                text = format_html(_("Used by {}."), link_to(taken[code]))
                row.add_error(field, text)
            elif code in seen:
                row.add_error(field, _("Another row has it too."))
            seen |= {code} - {""}


def first_rows(
    base: Product,
    combinations: Iterable[Combination],
    *,
    typed: Mapping[Combination, dict[str, Any]],
) -> list[dict[str, Any]]:
    """Return what the rows say at first: what was typed into an earlier table.

    A new combination has the base's prices and a SKU made of the base's own.
    """
    return [typed.get(each) or _first_row(base, each) for each in combinations]


def _first_row(base: Product, combination: Combination) -> dict[str, Any]:
    return {
        **dict(zip(OPTIONS, combination, strict=False)),
        "make": True,
        "sku": _proposed_sku(base.sku, combination),
        "price": base.price,
        "cost": base.cost,
    }


def _proposed_sku(sku: str, combination: Combination) -> str:
    """Return "TEE" with "M" and "Sky blue" as TEE-M-SKYBLUE."""
    codes = (
        "".join(char for char in value if char.isalnum())[:CODE_LENGTH].upper()
        for value in combination
    )
    return "-".join([sku, *filter(None, codes)])[:SKU_LENGTH]


RowsSet = cast(
    "type[VariantRows]",
    forms.formset_factory(
        VariantRowForm,
        formset=VariantRows,
        extra=0,
        max_num=MOST,
        absolute_max=MOST,
    ),
)
