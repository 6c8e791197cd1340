"""Throwing a preview away, or stopping the reading of a file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from products.importing.jobs import discard
from products.importing.runs import State
from products.importing.undoing import GOING_BACK
from products.views.one_import import OneImport


class ImportDiscardView(OneImport, TemplateView):
    """A dialog over the preview, or a page of its own.

    What is being read stops at its next batch; what is being applied can't be stopped.
    """

    template_name = "products/import_discard.html"
    http_method_names = ["get", "head", "post", "options"]

    def get(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        done = {State.APPLYING, State.APPLIED, State.DISCARDED}
        if self.run.state in GOING_BACK | done:
            return self.go_to(self.run.get_absolute_url())
        return super().get(request, *args, run=self.run, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = self.run
        name = {"file": run.file_name}
        if not discard(run):
            if run.state in {State.QUEUED, State.APPLYING}:
                text = _("“%(file)s” is being applied, which can’t be stopped.")
                messages.error(request, text % name)
            elif run.state in GOING_BACK:
                text = _("“%(file)s” is being undone, which can’t be stopped.")
                messages.error(request, text % name)
            return self.go_to(run.get_absolute_url())
        if run.state != State.DISCARDED:  # whoever reads it stops in a moment
            return self.go_to(run.get_absolute_url())
        messages.success(
            request, _("“%(file)s” is discarded. Nothing was imported.") % name
        )
        return self.go_to(reverse("products:import_list"))
