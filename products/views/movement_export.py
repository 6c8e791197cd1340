"""The movements of the list as a file, sent while they are being read."""

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.generic import View

from products.reports.movement_history import movements_csv
from products.views.downloads import send_file
from products.views.movement_filter import MovementFilterPage


class MovementExportView(MovementFilterPage, View):
    """CSV of whatever the filters leave; costs for those who may see them."""

    limited = ("GET", "export")

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        with_cost = request.user.has_perm("products.view_cost")
        name = f"movements-{timezone.localdate():%Y-%m-%d}.csv"
        pieces = movements_csv(self.movements, with_cost=with_cost)
        return send_file(request, pieces, name=name, with_cost=with_cost)
