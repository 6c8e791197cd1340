"""The movements of the list as a file, sent while they are being read."""

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.generic import View

from products.reports.movement_history import movements_csv
from products.views.downloads import as_attachment
from products.views.movement_filter import MovementFilterPage


class MovementExportView(MovementFilterPage, View):
    """CSV of whatever the filters leave; costs for those who may see them."""

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        with_cost = request.user.has_perm("products.view_cost")
        name = f"movements-{timezone.localdate():%Y-%m-%d}.csv"
        return StreamingHttpResponse(
            movements_csv(self.movements, with_cost=with_cost),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": as_attachment(name)},
        )
