"""Sending a file to import, or to check only."""

from typing import Any, cast

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from products.errors import FieldRefused
from products.forms.imports import ImportForm
from products.importing.run import run_import
from products.models import ImportRun, Operation
from products.tabular.problems import UnreadableFileError
from products.views.once import OncePage


class ImportAddView(OncePage, FormView):
    """The button `check` plans the file and shows the plan; nothing is changed."""

    # A file brings costs along, and a check would tell whether one is right.
    permission_required = ("products.import_products", "products.view_cost")
    form_class = ImportForm
    template_name = "products/import_add.html"

    run: ImportRun

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "cancel_url": reverse("products:import_list")
        }

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        form = cast("ImportForm", form)
        request = form.request(is_dry_run="check" in self.request.POST)
        try:
            outcome = run_import(request, circumstances=self.circumstances())
        except UnreadableFileError as error:
            raise FieldRefused({"file": [str(error)]}) from error
        self.run = outcome.run
        if self.run.state == "discarded":
            self.run.save()
        return self._message(), self.run.operation

    def answer_again(self, operation: Operation) -> str:
        self.run = operation.import_run
        return self._message()

    def get_success_url(self) -> str:
        return self.run.get_absolute_url()

    def _message(self) -> str:
        if self.run.state == "discarded":
            return _("“%(file)s” was checked. Nothing was changed.") % {
                "file": self.run.file_name
            }
        if self.run.operation_id is None:
            return _("“%(file)s” brings nothing new. Nothing was changed.") % {
                "file": self.run.file_name
            }
        return _("“%(file)s” imported: %(created)d new, %(changed)d changed.") % {
            "file": self.run.file_name,
            "created": self.run.created_count,
            "changed": self.run.changed_count,
        }
