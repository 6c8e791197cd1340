"""The history: everything that anybody did, newest first."""

from typing import Any

from django.views.generic import TemplateView

from products.forms.operations import OperationFilterForm
from products.reports.operations import all_operations, people_who_acted
from products.views.base import Page
from products.views.key_paging import KeyPage, key_page
from products.views.walked_paging import walked_page

ROWS = 50


class OperationListView(Page, TemplateView):
    """What narrows the list stands in the address; the pages follow the key."""

    permission_required = "products.view_operation"
    template_name = "products/operation_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = OperationFilterForm(self.request.GET, people=people_who_acted())
        whole = all_operations()
        operations = form.narrow(whole)
        page: KeyPage
        if form.is_indexed or not form.state:
            page = key_page(self.request, operations, size=ROWS)
        else:
            page = walked_page(self.request, operations, whole=whole, size=ROWS)
        return super().get_context_data(**kwargs) | {
            "filter": form,
            "is_narrowed": bool(form.state),
            "operations": page.rows,
            "key_page": page,
        }
