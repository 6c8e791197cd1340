"""Deleting a product: what goes, what stays, and the safe way first."""

from typing import Any

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.forms.deleting import ProductDeleteForm
from products.models import Operation, Product
from products.reports.deletions import Consequences, consequences
from products.services.deleting import delete_product
from products.templatetags.inventory import quantity
from products.views.dialogs import ProductDialog


class ProductDeleteView(ProductDialog):
    """Asks, then removes the row and writes its stock off; Undo brings both back."""

    permission_required = "products.delete_product"
    form_class = ProductDeleteForm
    template_name = "products/product_delete.html"
    leaves_page = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        effects = consequences(self.object)
        can_archive = self.request.user.has_perm("products.change_product")
        return super().get_context_data(**kwargs) | {
            "effects": effects,
            "goes": [_("The product and its picture"), *_written_off(effects)],
            "stays": [
                *_kept_movements(effects),
                _("A full copy under “Deleted products”, with Undo"),
            ],
            "sees_cost": self.request.user.has_perm("products.view_cost"),
            "can_archive": can_archive
            and self.object.status != Product.Status.ARCHIVED,
        }

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        operation = delete_product(
            product_id=self.object.pk, circumstances=self.circumstances()
        )
        return self._done(self.object.name), operation

    def answer_again(self, operation: Operation) -> str:
        change = operation.changes.get()
        return self._done((change.before or {}).get("name", change.sku))

    def get_success_url(self) -> str:
        return reverse("products:dashboard")

    def _done(self, name: str) -> str:
        return _("Product “%(name)s” deleted.") % {"name": name}


def _written_off(effects: Consequences) -> list[str]:
    """Return one sentence for each place that has some."""
    if effects.has_several_locations:
        return [
            ngettext(
                "%(units)s unit at %(place)s, written off",
                "%(units)s units at %(place)s, written off",
                units,
            )
            % {"units": quantity(units), "place": place}
            for place, units in effects.written_off
        ]
    return [
        ngettext("%s unit, written off", "%s units, written off", units)
        % quantity(units)
        for _place, units in effects.written_off
    ]


def _kept_movements(effects: Consequences) -> list[str]:
    count = effects.movement_count
    if not count:
        return []
    words = ngettext(
        "Its %s movement, in history and reports",
        "All %s movements, in history and reports",
        count,
    )
    return [words % quantity(count)]
