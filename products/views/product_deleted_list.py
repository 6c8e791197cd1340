"""The products that were deleted and can be brought back."""

from typing import Any

from django.db.models import QuerySet

from products.forms.filters import SearchField
from products.models import ProductChange
from products.reports.deletions import search_deletions
from products.views.base import ListPage


class ProductDeletedListView(ListPage):
    """Newest first, with who, when and Undo."""

    permission_required = "products.delete_product"
    template_name = "products/product_deleted_list.html"
    context_object_name = "deletions"
    paginate_by = 25

    def get_queryset(self) -> QuerySet[ProductChange]:
        return search_deletions(self.searched)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"searched": self.searched}

    @property
    def searched(self) -> str:
        """What the address looks for; signs that no name contains are left out."""
        return str(SearchField(required=False).clean(self.request.GET.get("find")))
