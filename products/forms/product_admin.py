"""The product form of the admin: opening stock, and two editors at once."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from products.forms.offering import offer_places
from products.models import MAX_QUANTITY, Location, Product
from products.services.catalogue import Opening
from products.services.editing import changes_since
from products.services.pictures import Picture, PictureRefused, read_picture
from products.services.snapshots import EDITABLE, field_as_json


class ProductAdminForm(forms.ModelForm):
    """Checks what the services would refuse, so that the refusal stands at its field.

    `seen_version` is the version the page was opened with. A field that somebody else
    changed since is refused once, with both values; saving again overrules it.
    """

    opening_quantity = forms.IntegerField(
        label=_("Opening quantity"),
        required=False,
        min_value=0,
        max_value=MAX_QUANTITY,
        help_text=_("How many you have now. Later, stock moves by “Adjust stock”."),
    )
    opening_location = forms.ModelChoiceField(
        label=_("At"), queryset=Location.objects.none(), empty_label=None
    )
    picture = forms.FileField(
        label=_("New picture"),
        required=False,
        help_text=_("JPEG, PNG or WebP, up to 10 MB."),
    )
    remove_picture = forms.BooleanField(label=_("Remove the picture"), required=False)
    seen_version = forms.IntegerField(
        required=False, widget=forms.HiddenInput, label=""
    )

    class Meta:
        model = Product
        fields = [name for name in EDITABLE if name != "image"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # The page of a product there is doesn't ask, so nothing may be required.
            del self.fields["opening_quantity"], self.fields["opening_location"]
        else:
            first = Location.objects.stocked().first()
            offer_places(self, "opening_location", first)
        self.initial["seen_version"] = self.instance.version

    def clean_picture(self) -> Picture | None:
        file = self.cleaned_data.get("picture")
        try:
            return read_picture(file) if file else None
        except PictureRefused as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.pk:
            self._refuse_conflicts(cleaned)
        return cleaned

    def _refuse_conflicts(self, cleaned: dict[str, Any]) -> None:
        current = Product.objects.filter(pk=self.instance.pk).first()
        seen = cleaned.get("seen_version")
        if current is None or seen is None or seen >= current.version:
            return
        others = changes_since(current, seen)
        for name in set(self.product_changes()) & set(others):
            other = others[name]
            self.add_error(
                name,
                _(
                    "%(by)s changed this to “%(theirs)s” while you were editing."
                    " Save again to put your value in its place."
                )
                % {"by": other.by, "theirs": field_as_json(current, name)},
            )
        self.data = {**dict(self.data.items()), "seen_version": str(current.version)}

    def product_changes(self) -> dict[str, Any]:
        """Return the product's fields that the person changed, with their values.

        A new picture is not among them: it has a name only once it is stored.
        """
        changes = {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name in EDITABLE and name in self.cleaned_data
        }
        if self.cleaned_data.get("remove_picture"):
            changes["image"] = ""
        return changes

    def openings(self) -> list[Opening]:
        """Return the opening stock of a new product."""
        quantity = self.cleaned_data.get("opening_quantity")
        if not quantity:
            return []
        return [Opening(quantity, self.cleaned_data["opening_location"].pk)]
