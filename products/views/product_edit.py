"""Editing a product, while others may do the same."""

from typing import Any, cast

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from products.errors import (
    EditConflict,
    FieldRefused,
    InsufficientStock,
    InvalidLine,
    NothingToPost,
)
from products.forms.products import ProductEditForm
from products.models import Brand, Operation, Product
from products.services.editing import Edited, update_product
from products.services.pictures import Picture, storing
from products.services.snapshots import field_label
from products.views.base import UpdatePage
from products.views.once import OncePage
from products.views.one_product import OneProduct
from products.views.previews import previews_picture


@previews_picture
class ProductEditView(OneProduct, OncePage, UpdatePage):
    """What others changed meanwhile is taken over, or asked; see `forms.merging`."""

    permission_required = "products.change_product"
    form_class = ProductEditForm
    template_name = "products/product_edit.html"

    object: Product
    is_overtaken = False

    def get_form_kwargs(self) -> dict[str, Any]:
        may = self.request.user.has_perm
        return super().get_form_kwargs() | {
            "sees_cost": may("products.view_cost"),
            "moves_stock": may("products.adjust_stock"),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "brand_names": Brand.objects.values_list("name", flat=True),
            "cancel_url": self.get_success_url(),
        }

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        form = cast("ProductEditForm", form)
        try:
            edited = self._update(form)
        except EditConflict:
            self.is_overtaken = True
            raise
        except NothingToPost as nothing:
            return nothing.message, None
        except (InsufficientStock, InvalidLine) as refusal:
            raise FieldRefused({"quantity": [refusal.message]}) from refusal
        self._say_merged(edited, shown=set(form.stored))
        return _saved(edited.product), edited.operation

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        form = cast("ProductEditForm", form)
        if self.is_overtaken:
            # Somebody saved between our look and our lock: look again, and ask.
            self.object = self.get_object()
            form = cast("ProductEditForm", self.get_form())
            form.is_valid()
        form.rebase()
        return super().form_invalid(form)

    def answer_again(self, operation: Operation) -> str:
        """Name the product as it is now; a 404 when it was deleted since."""
        return _saved(self.get_object())

    def get_success_url(self) -> str:
        return reverse("products:product_detail", args=[self.kwargs["pk"]])

    def _update(self, form: ProductEditForm) -> Edited:
        changes = form.changes()
        picture = changes.get("image")
        with storing(picture if isinstance(picture, Picture) else None) as name:
            if "image" in changes:
                changes["image"] = name
            return update_product(
                product_id=self.object.pk,
                changes=changes,
                seen_version=form.seen_version,
                circumstances=self.circumstances(),
                recount=form.recount(),
            )

    def _say_merged(self, edited: Edited, *, shown: set[str]) -> None:
        """Say which fields kept what somebody else made of them meanwhile."""
        by: dict[str, list[str]] = {}
        for name, (who, _at) in edited.merged.items():
            if name in shown:
                by.setdefault(who, []).append(field_label(name))
        for who, labels in by.items():
            text = _("%(by)s had changed this meanwhile, and it was kept: %(fields)s.")
            fields = get_text_list(labels, _("and"))
            messages.info(self.request, text % {"by": who, "fields": fields})


def _saved(product: Product) -> str:
    return _("Product “%(name)s” saved.") % {"name": product.name}
