"""Removing a saved view, after a question."""

from typing import Any

from django.forms import BaseForm, Form
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from products.models import Operation
from products.reports.saved_views import EVERYTHING
from products.services.saved_views import remove_view
from products.views.base import FormPage
from products.views.saved_views import OneViewPage


class SavedViewRemoveView(OneViewPage, FormPage, FormView):
    """Says what goes and what stays; no product is touched."""

    form_class = Form
    template_name = "products/saved_view_remove.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        goes = [_("The tab, with its filters, order and columns")]
        if self.saved.start_of_id:
            goes.append(_("The dashboard opens with all products again"))
        return super().get_context_data(**kwargs) | {
            "view_name": self.saved.name,
            "list_behind": self.list_behind,
            "goes": goes,
            "stays": [_("Every product it shows")],
        }

    def get_success_url(self) -> str:
        return f"{reverse('products:dashboard')}?view={EVERYTHING}"

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        remove_view(user_id=self.user_id, view_id=self.saved.pk)
        return _("The view “%s” is removed.") % self.saved.name, None
