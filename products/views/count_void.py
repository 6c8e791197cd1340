"""Taking a count back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from products.errors import InventoryError
from products.models import StockCount
from products.services.counting import void_count
from products.views.base import Page
from products.views.one_stocktake import APPLY, COUNT


class CountVoidView(Page, View):
    """By POST only; one's own count, anybody's for who decides about stocktakes."""

    permission_required = COUNT
    http_method_names = ["post"]

    @cached_property
    def count(self) -> StockCount:
        counts = StockCount.objects.select_related("line")
        return get_object_or_404(counts, pk=self.kwargs["pk"])

    def has_permission(self) -> bool:
        """A count that isn't there is nobody's: 403 as for somebody else's."""
        if not super().has_permission():
            return False
        person = self.request.user
        if person.has_perm(APPLY):
            return True
        own = StockCount.objects.filter(pk=self.kwargs["pk"], counted_by=person.pk)
        return own.exists()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            count = void_count(count_id=self.count.pk)
        except InventoryError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(
                request,
                _("Taken back: %(quantity)d × %(sku)s.")
                % {"quantity": count.quantity, "sku": count.line.sku},
            )
        stocktake_id = self.count.line.stocktake_id
        return self.go_to(reverse("products:stocktake_count", args=[stocktake_id]))
