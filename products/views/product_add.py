"""Adding a product, from nothing or as a copy of another."""

from typing import Any, cast

from django.forms import BaseForm
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from products.fields import is_number, is_storable
from products.forms.products import ProductAddForm
from products.models import Brand, Operation, Product
from products.services.catalogue import add_product
from products.services.pictures import storing
from products.services.snapshots import EDITABLE
from products.views.base import CreatePage
from products.views.once import OncePage
from products.views.previews import previews_picture

NOT_COPIED = {"sku", "barcode", "image", "image_url"}


@previews_picture
class ProductAddView(OncePage, CreatePage):
    """`?copy=<id>` starts from everything of that product but its codes and stock.

    `?barcode=<code>` fills in a code that was scanned and belongs to no product yet.
    """

    permission_required = "products.add_product"
    form_class = ProductAddForm
    template_name = "products/product_add.html"

    object: Product | None

    def get_initial(self) -> dict[str, Any]:
        code = self.request.GET.get("barcode", "").strip()
        scanned = {"barcode": code} if code and is_storable(code) else {}
        return super().get_initial() | scanned

    def get_form_kwargs(self) -> dict[str, Any]:
        may = self.request.user.has_perm
        return super().get_form_kwargs() | {
            "instance": self._copy(),
            "sees_cost": may("products.view_cost"),
            "moves_stock": may("products.adjust_stock"),
            "makes_variants": may("products.change_product"),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "brand_names": Brand.objects.values_list("name", flat=True),
            "cancel_url": reverse("products:dashboard"),
            "more": _("Save and add another"),
        }

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        form = cast("ProductAddForm", form)
        with storing(form.cleaned_data["image"] or None) as picture:
            form.instance.image = picture
            product = add_product(
                product=form.instance,
                circumstances=self.circumstances(),
                openings=form.openings(),
            )
        added = product.changes.select_related("operation").earliest("pk")
        return self.answer_again(added.operation), added.operation

    def answer_again(self, operation: Operation) -> str:
        change = operation.changes.select_related("product").earliest("pk")
        self.object = change.product
        name = (change.after or {}).get("name", change.sku)
        return _("Product “%(name)s” added successfully.") % {"name": name}

    def get_success_url(self) -> str:
        if "another" in self.request.POST:
            return reverse("products:product_add")
        if self.object is None:  # sent again, and deleted by now
            return reverse("products:dashboard")
        if "variants" in self.request.POST:
            return reverse("products:product_variants", args=[self.object.pk])
        return self.object.get_absolute_url()

    def _copy(self) -> Product | None:
        """Return an unsaved copy of the product that the address names, if it does.

        When that one is deleted meanwhile, a form sent from its copy stays good.
        """
        pk = self.request.GET.get("copy", "")
        if not pk:
            return None
        products = Product.objects.select_related("category", "brand", "group")
        known = products.filter(pk=int(pk)).first() if is_number(pk) else None
        if known is None:
            if self.request.method == "POST":
                return None
            raise Http404
        fields = [name for name in EDITABLE if name not in NOT_COPIED]
        return Product(**{name: getattr(known, name) for name in fields})
