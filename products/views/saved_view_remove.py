"""Removing a saved view, at once: the message that says so offers the way back."""

from django.urls import reverse
from django.utils.translation import gettext as _

from products.reports.saved_views import EVERYTHING
from products.services.saved_views import remove_view
from products.views.saved_views import SavedViewButton, sealed


class SavedViewRemoveView(SavedViewButton):
    """Leads to all products; no product is touched."""

    def act(self) -> str:
        self.undo = f"view-{sealed(self.saved)}"
        remove_view(user_id=self.user_id, view_id=self.saved.pk)
        return _("The view “%s” is removed.") % self.saved.name

    @property
    def way_on(self) -> str:
        return f"{reverse('products:dashboard')}?view={EVERYTHING}"
