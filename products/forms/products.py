"""The form of a product: to add one, and to edit one while others may do the same."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.fields import fold_key
from products.forms.fields import AmountField, BrandField, QuantityField
from products.forms.merging import MergingForm
from products.forms.offering import offer
from products.forms.once import OnceForm
from products.forms.pictures import PictureField, as_text
from products.forms.product_layout import product_layout, variants_section
from products.forms.recounts import RecountForm
from products.models import Location, Product
from products.reports.categories import category_tree
from products.services.catalogue import Opening
from products.services.pictures import Picture

OPTIONS = ("option1", "option2", "option3")
REORDER_LIMIT = 2_000_000_000  # of the column


class ProductForm(OnceForm, forms.ModelForm):
    """The fields of a product that this person may set: a fixed list by permission.

    Without `sees_cost` there is no cost, and what is stored stays. Build it with the
    relations of the product loaded. One query for the categories.
    """

    brand = BrandField(
        label=gettext_lazy("Brand"),
        required=False,
        widget=forms.TextInput(attrs={"list": "brand-names", "autocomplete": "off"}),
    )
    price = AmountField(
        label=gettext_lazy("Price"), required=False, places=2, limit=10**10
    )
    cost = AmountField(
        label=gettext_lazy("Cost"),
        required=False,
        places=6,
        limit=10**9,
        help_text=gettext_lazy("Empty means unknown, not free."),
    )
    weight = AmountField(
        label=gettext_lazy("Weight in grams"),
        required=False,
        places=3,
        limit=10**9,
        shown_places=0,
    )
    reorder_point = QuantityField(
        label=gettext_lazy("Reorder at"), required=False, most=REORDER_LIMIT
    )
    reorder_quantity = QuantityField(
        label=gettext_lazy("Order quantity"), required=False, most=REORDER_LIMIT
    )
    image = PictureField()

    stock_hint = gettext_lazy("What you have, and when it is time to order.")

    class Meta:
        model = Product
        fields = (
            "name",
            *OPTIONS,
            "category",
            "brand",
            "description",
            "tags",
            "status",
            "sku",
            "barcode",
            "price",
            "cost",
            "reorder_point",
            "reorder_quantity",
            "supplier_name",
            "weight",
        )
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "sku": forms.TextInput(attrs={"spellcheck": "false"}),
            "barcode": forms.TextInput(
                attrs={"class": "num", "inputmode": "text", "autocomplete": "off"}
            ),
            "tags": forms.TextInput,
        }
        help_texts = {"tags": gettext_lazy("Separated by commas."), "cost": ""}

    def __init__(self, *args: Any, sees_cost: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["brand"] = self.instance.brand
        self.chosen: Picture | None = None
        self._offer_categories()
        self._name_options()
        if not sees_cost:
            del self.fields["cost"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = product_layout(stock_hint=self.stock_hint)
        self.helper.form_error_title = _("Not saved yet")

    def clean_sku(self) -> str:
        """Say which product has the SKU already, with the way there."""
        sku: str = self.cleaned_data["sku"]
        self._refuse_taken(sku, sku_key=fold_key(sku))
        return sku

    def clean_barcode(self) -> str | None:
        """Say which product has the barcode already, with the way there."""
        barcode: str | None = self.cleaned_data["barcode"]
        if barcode:
            self._refuse_taken(barcode, barcode=barcode)
        return barcode

    def clean_description(self) -> str:
        """Browsers send line breaks as two characters; one is kept."""
        text: str = self.cleaned_data["description"]
        return text.replace("\r\n", "\n")

    def clean_image(self) -> Picture | bool | None:
        """Remember what was chosen, whatever is wrong with the form."""
        picture: Picture | bool | None = self.cleaned_data["image"]
        self.chosen = picture if isinstance(picture, Picture) else None
        return picture

    @property
    def picture_url(self) -> str:
        """What the preview shows: the picture just chosen, else the stored one."""
        kept = self.kept_picture
        if kept:
            return f"data:image/webp;base64,{kept}"
        product: Product = self.instance
        return product.picture_url

    @property
    def kept_picture(self) -> str:
        """The picture chosen in a form that has errors, as the page carries it on."""
        return as_text(self.chosen) if self.chosen else ""

    def _refuse_taken(self, code: str, **same: str) -> None:
        taken = Product.objects.exclude(pk=self.instance.pk).filter(**same).first()
        if taken is not None:
            raise ValidationError(
                format_html(_("“{}” is used by {}."), code, link_to(taken)),
                code="unique",
            )

    def _offer_categories(self) -> None:
        paths = [(node.pk, node.path) for node in category_tree().values()]
        offer(self, "category", [("", _("None")), *paths])

    def _name_options(self) -> None:
        """Call the options as the group does; those that are not used go."""
        group = self.instance.group
        for name in OPTIONS:
            label = getattr(group, f"{name}_name") if group else ""
            if label:
                self.fields[name].label = label
            elif not (group and getattr(self.instance, name)):
                del self.fields[name]


def link_to(product: Product) -> str:
    """Return a link to the product's page, under its name."""
    url = reverse("products:product_detail", args=[product.pk])
    return format_html('<a href="{}">{}</a>', url, product.name)


class ProductAddForm(ProductForm):
    """A new product, or a copy of one: then `instance` is the unsaved copy.

    Without `moves_stock` there is no opening stock; with `makes_variants` there is the
    way to the variant maker.
    """

    quantity = QuantityField(label=gettext_lazy("On hand"), required=False)

    def __init__(
        self, *args: Any, moves_stock: bool, makes_variants: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if makes_variants:
            further = (variants_section(),)
            self.helper.layout = product_layout(
                stock_hint=self.stock_hint, further=further
            )
        if moves_stock:
            self.fields["quantity"].help_text = _("How many you have now.")
        else:
            del self.fields["quantity"]

    def openings(self) -> list[Opening]:
        """Return the opening stock at the default location; one query, or none."""
        quantity = self.cleaned_data.get("quantity")
        if not quantity:
            return []
        return [Opening(quantity, Location.objects.get_default().pk)]


class ProductEditForm(RecountForm, MergingForm, ProductForm):
    """A product as stored and as this person wants it; see `MergingForm`."""

    stock_hint = gettext_lazy(
        "Only the difference is posted. A sale made meanwhile is kept."
    )
