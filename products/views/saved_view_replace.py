"""Letting a saved view show what is set in the list now."""

from django.utils.translation import gettext as _

from products.services.saved_views import replace_view
from products.views.saved_views import SavedViewButton


class SavedViewReplaceView(SavedViewButton):
    def act(self) -> str:
        view = replace_view(
            user_id=self.user_id, view_id=self.saved.pk, address=self.state
        )
        return _("“%s” shows from now on what is set here.") % view.name
