"""The way back of a saved view that was removed."""

from django.contrib import messages
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from products.errors import InventoryError
from products.services.saved_views import restore_view
from products.views.saved_views import ListSettingsPage, unsealed, view_address


class SavedViewRestoreView(ListSettingsPage, View):
    """Brings back what `view` holds, as sealed for this person, and shows it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            removed = unsealed(request.POST.get("view", ""), self.user_id)
            view = restore_view(removed)
        except BadSignature:
            messages.error(request, _("This view can't be brought back."))
        except InventoryError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("The view “%s” is back.") % view.name)
            return self.go_to(view_address(view))
        return self.go_to(self.list_behind)
