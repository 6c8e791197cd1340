"""Choosing the columns of the list of products."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from products.errors import InventoryError
from products.reports.list_columns import USUAL, Columns, in_order
from products.reports.saved_views import EVERYTHING, ListedView, views_of
from products.services.saved_views import choose_columns
from products.views.saved_views import ListSettingsPage


class ColumnsChooseView(ListSettingsPage, View):
    """Keeps them for the view that is open, or for “All products”.

    With `reset` a view has those of “All products” again, and that has the usual ones.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        view = self._view()
        try:
            choose_columns(
                user_id=self.user_id,
                view_id=view.pk if view else None,
                columns=self._chosen(view),
            )
        except InventoryError as refusal:
            messages.error(request, refusal.message)
        return self.go_to(self.list_behind)

    def _view(self) -> ListedView | None:
        named = self.request.GET.get("view", "")
        if named in {"", EVERYTHING}:
            return None
        view = views_of(self.user_id).find(named)
        if view is None:
            raise Http404(_("You removed this view in the meantime."))
        return view

    def _chosen(self, view: ListedView | None) -> Columns:
        if "reset" in self.request.POST:
            return ()
        sees_cost = self.request.user.has_perm("products.view_cost")
        names = self.request.POST.getlist("column")
        columns = in_order(names, sees_cost=sees_cost)
        return () if view is None and columns == USUAL else columns
