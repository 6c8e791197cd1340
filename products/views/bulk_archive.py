"""Taking many products out of the daily lists."""

from typing import Any

from products.forms.bulk import BulkArchiveForm
from products.models import Product
from products.reports.bulk import stock_of
from products.services.bulk_plans import Plan
from products.services.snapshots import field_label
from products.views.bulk import BulkPage

STATUSES = dict(Product.Status.choices)


class StatusPage(BulkPage):
    """A page that gives products another status."""

    @property
    def label(self) -> str:
        return field_label("status")

    def words(self, _name: str, value: Any) -> str:
        return str(STATUSES.get(value, value))


class BulkArchiveView(StatusPage):
    """Says too what stays on hand of what leaves the lists."""

    permission_required = "products.change_product"
    form_class = BulkArchiveForm
    template_name = "products/bulk_archive.html"
    icon = "archive"

    def shown(self, plan: Plan) -> dict[str, Any]:
        kept = stock_of([item.product_id for item in plan.changing])
        return super().shown(plan) | {"kept": kept}
