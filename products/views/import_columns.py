"""Saying what the columns of an unknown table are, before it is read."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from products.forms.import_columns import ImportColumnsForm
from products.importing.runs import State
from products.importing.tasks import start_naming
from products.views.import_detail import file_words
from products.views.one_import import OneImport


class ImportColumnsView(OneImport, FormView):
    """Also for a preview that is there already: it is made anew."""

    # The first values of each column are shown, and one may hold costs.
    permission_required = ("products.import_products", "products.view_cost")
    limited = ("POST", "import")
    http_method_names = ["get", "head", "post", "options"]
    form_class = ImportColumnsForm
    template_name = "products/import_columns.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.has_permission() and not self._is_open():
            return self.go_to(self.run.get_absolute_url())
        return super().dispatch(request, *args, **kwargs)

    def _is_open(self) -> bool:
        is_table = "columns" in self.run.report
        return self.run.state == State.COLUMNS or (
            self.run.state == State.PLANNED and is_table
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"run": self.run}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_planned = self.run.state == State.PLANNED
        back = self.run.get_absolute_url()
        return super().get_context_data(**kwargs) | {
            "run": self.run,
            "is_planned": is_planned,
            "cancel_url": back if is_planned else reverse("products:import_list"),
            "error_title": _("The columns are not clear yet"),
            **file_words(self.run),
        }

    def form_valid(self, form: ImportColumnsForm) -> HttpResponse:
        if not start_naming(self.run, form.mapping()):
            text = _("“%(file)s” went on meanwhile, so its columns stay as they are.")
            messages.error(self.request, text % {"file": self.run.file_name})
        return self.go_to(self.run.get_absolute_url())
