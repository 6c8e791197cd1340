"""Sorting many products under one category."""

from typing import Any

from django.utils.functional import cached_property

from products.forms.bulk import BulkCategoriseForm
from products.reports.categories import CategoryTree, category_tree
from products.services.snapshots import field_label
from products.views.bulk import BulkPage


class BulkCategoriseView(BulkPage):
    """Asks under which, or under none."""

    permission_required = "products.change_product"
    form_class = BulkCategoriseForm
    template_name = "products/bulk_categorise.html"
    icon = "tag"

    @cached_property
    def tree(self) -> CategoryTree:
        return category_tree()

    @property
    def label(self) -> str:
        return field_label("category")

    def words(self, _name: str, value: Any) -> str:
        return self.tree[value].path if value in self.tree else ""
