"""Moving a saved view among the tabs."""

from products.services.saved_views import move_view
from products.views.saved_views import SavedViewButton

PLACES = {"left": -1, "right": 1}


class SavedViewMoveView(SavedViewButton):
    """One place to the left or the right; anything else moves nothing."""

    def act(self) -> str:
        by = PLACES.get(self.request.POST.get("to", ""), 0)
        move_view(user_id=self.user_id, view_id=self.saved.pk, by=by)
        return ""
