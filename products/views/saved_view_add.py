"""Saving what the list shows as a view."""

from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext as _
from django.views.generic import FormView

from products.forms.saved_views import SavedViewForm
from products.models import Operation
from products.reports.saved_views import views_of
from products.services.saved_views import add_view
from products.views.base import FormPage
from products.views.saved_views import ListSettingsPage, view_address


class SavedViewAddView(ListSettingsPage, FormPage, FormView):
    """Asks for a name; a view that was changed keeps its columns in the new one."""

    form_class = SavedViewForm
    template_name = "products/saved_view_add.html"

    success_url = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "narrowings": self.listed.filter.narrowings,
            "order": self.listed.listing.order_in_words,
            "list_behind": self.list_behind,
        }

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        views = views_of(self.user_id)
        changed = views.find(self.request.GET.get("view", ""))
        view = add_view(
            user_id=self.user_id,
            name=form.cleaned_data["name"],
            address=self.state,
            columns=changed.columns if changed else "",
        )
        self.success_url = view_address(view)
        return _("“%s” is saved as a view.") % view.name, None
