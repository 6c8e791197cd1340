"""What the pages of a saved view share: whose it is, and the list they lead back to.

Their addresses bring the state of the list along, just as it stands in the address of
the dashboard; there they lead back to.
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import View

from products.errors import InventoryError
from products.forms.product_list import ProductList
from products.models import SavedView
from products.models.saved_views import ALL_PRODUCTS
from products.reports.saved_views import EVERYTHING
from products.views.base import Page


class ListSettingsPage(Page):
    """Changes how somebody sees the list of products: their own settings only."""

    permission_required = "products.view_product"

    @property
    def user_id(self) -> int:
        """Return whoever is signed in, as nobody else gets here."""
        return int(self.request.user.pk or 0)

    @cached_property
    def listed(self) -> ProductList:
        """The list as the address says it."""
        sees_cost = self.request.user.has_perm("products.view_cost")
        return ProductList(self.request.GET, sees_cost=sees_cost)

    @property
    def state(self) -> str:
        """What is set in the address and makes sense, as a view stores it."""
        return urlencode(self.listed.state)

    @property
    def list_behind(self) -> str:
        query = self.request.GET.urlencode()
        return f"{reverse('products:dashboard')}?{query or f'view={EVERYTHING}'}"


class OneViewPage(ListSettingsPage):
    """Somebody's own view; that of another is not there."""

    kwargs: dict[str, int]

    @cached_property
    def saved(self) -> SavedView:
        views = SavedView.objects.filter(user=self.user_id).exclude(name=ALL_PRODUCTS)
        return get_object_or_404(views, pk=self.kwargs["pk"])


class SavedViewButton(OneViewPage, View):
    """By POST only; goes back to the list."""

    http_method_names = ["post"]

    def act(self) -> str:
        """Call the service; return the message, if any. May raise InventoryError."""
        raise NotImplementedError

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        _found = self.saved
        try:
            message = self.act()
        except InventoryError as refusal:
            messages.error(request, refusal.message)
        else:
            if message:
                messages.success(request, message)
        return self.go_to(self.list_behind)


def view_address(view: SavedView) -> str:
    """Return the address of the list that shows what a view shows."""
    state = f"&{view.address}" if view.address else ""
    return f"{reverse('products:dashboard')}?view={view.pk}{state}"
