"""Giving a saved view another name."""

from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext as _
from django.views.generic import FormView

from products.forms.saved_views import SavedViewForm
from products.models import Operation
from products.services.saved_views import rename_view
from products.views.base import FormPage
from products.views.saved_views import OneViewPage


class SavedViewRenameView(OneViewPage, FormPage, FormView):
    form_class = SavedViewForm
    template_name = "products/saved_view_rename.html"

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.saved.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "view_name": self.saved.name,
            "list_behind": self.list_behind,
        }

    def get_success_url(self) -> str:
        return self.list_behind

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        before = self.saved.name
        view = rename_view(
            user_id=self.user_id, view_id=self.saved.pk, name=form.cleaned_data["name"]
        )
        names = {"before": before, "after": view.name}
        return _("“%(before)s” is now called “%(after)s”.") % names, None
