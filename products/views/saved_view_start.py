"""Choosing the view that the dashboard opens with."""

from django.utils.translation import gettext as _

from products.services.saved_views import start_with
from products.views.saved_views import SavedViewButton


class SavedViewStartView(SavedViewButton):
    """Opens it with this view or, with `everything`, with all products again."""

    def act(self) -> str:
        is_off = "everything" in self.request.POST
        view_id = None if is_off else self.saved.pk
        start_with(user_id=self.user_id, view_id=view_id)
        if is_off:
            return _("The dashboard opens with all products again.")
        return _("The dashboard opens with “%s” from now on.") % self.saved.name
