"""What the pages of a saved view share: whose it is, and the list they lead back to.

Their addresses bring the state of the list along, just as it stands in the address of
the dashboard; there they lead back to.
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
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

KEPT = ("pk", "name", "address", "columns", "position", "start_of_id")


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
    """By POST only; goes back to the list, or to `way_on`.

    `act` may set `undo`: what the message offers to take back.
    """

    http_method_names = ["post"]
    undo = ""

    @property
    def way_on(self) -> str:
        return self.list_behind

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
                messages.success(request, message, extra_tags=self.undo)
            return self.go_to(self.way_on)
        return self.go_to(self.list_behind)


def view_address(view: SavedView) -> str:
    """Return the address of the list that shows what a view shows."""
    state = f"&{view.address}" if view.address else ""
    return f"{reverse('products:dashboard')}?view={view.pk}{state}"


def sealed(view: SavedView) -> str:
    """Return all of a view as text that only its owner can bring back."""
    kept = {name: getattr(view, name) for name in KEPT}
    return signing.dumps(kept, salt=_seal_of(view.user_id), compress=True)


def unsealed(text: str, user_id: int) -> SavedView:
    """Return the view that was sealed, not stored. Raises BadSignature."""
    kept = signing.loads(text, salt=_seal_of(user_id))
    return SavedView(user_id=user_id, **kept)


def _seal_of(user_id: int) -> str:
    return f"products.saved_view:{user_id}"
