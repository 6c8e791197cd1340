"""Adjusting the stock of many products by the same amount, at one location."""

from typing import Any

from django.utils.translation import gettext as _

from products.forms.bulk import BulkAdjustForm
from products.templatetags.inventory import quantity
from products.views.bulk import BulkPage


class BulkAdjustView(BulkPage):
    """Asks how many, where and why; old and new are units on hand there."""

    permission_required = "products.adjust_stock"
    form_class = BulkAdjustForm
    template_name = "products/bulk_adjust.html"
    moves_stock = True
    icon = "plus-slash-minus"

    @property
    def label(self) -> str:
        return _("on hand")

    def words(self, name: str, value: Any) -> str:
        return quantity(value["on_hand"] if name == "old" else value)
