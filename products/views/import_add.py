"""Handing in a file: it is kept, read, and its preview shown; nothing is changed."""

from typing import Any, cast

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.views.generic import FormView

from products.forms.imports import ImportForm
from products.importing.request import MOST_BYTES
from products.importing.tasks import start_planning
from products.importing.uploads import NotKept, keep_upload
from products.views.base import FormPage

REST_OF_FORM = 1_000_000  # bytes that a request has besides its file


class ImportAddView(FormPage, FormView):
    """A long file is read in the background, and its page says how far it is."""

    # A file brings costs along, and its preview tells the ones that are there.
    permission_required = ("products.import_products", "products.view_cost")
    limited = ("POST", "import")
    form_class = ImportForm
    template_name = "products/import_add.html"
    most_bytes = MOST_BYTES + REST_OF_FORM  # see inventory_site.uploads

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "cancel_url": reverse("products:import_list")
        }

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            run = keep_upload(cast("ImportForm", form).request(), self.author)
        except NotKept as refusal:
            form.add_error("file", refusal.message)
            return self.form_invalid(form)
        start_planning(run)
        return self.go_to(run.get_absolute_url())
