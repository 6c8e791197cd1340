"""Bringing many archived products back into the daily lists."""

from products.forms.bulk import BulkActivateForm
from products.views.bulk_archive import StatusPage


class BulkActivateView(StatusPage):
    """What is not archived stays as it is, a draft too."""

    permission_required = "products.change_product"
    form_class = BulkActivateForm
    template_name = "products/bulk_activate.html"
    icon = "arrow-counterclockwise"
