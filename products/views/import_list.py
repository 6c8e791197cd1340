"""What was imported, newest first."""

from django.db.models import QuerySet

from products.models import ImportRun
from products.views.base import ListPage


class ImportListView(ListPage):
    """Every file that was imported or checked, with its figures."""

    permission_required = "products.import_products"
    template_name = "products/import_list.html"
    context_object_name = "runs"
    paginate_by = 25

    def get_queryset(self) -> QuerySet[ImportRun]:
        runs = ImportRun.objects.select_related("operation__reversed_by")
        return runs.defer("report").order_by("-pk")
