"""Leaving rows of a preview out, and taking them again."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from products.forms.imports import ImportTickForm
from products.importing.ticking import tick
from products.models import ImportRun
from products.views.base import htmx_of
from products.views.import_detail import apply_words
from products.views.import_rows import rows_in
from products.views.one_import import ImportButton


class ImportTickView(ImportButton):
    """The ticks of the rows on a page; `set` ticks or unticks them together.

    Ticked one by one, the figures come back; together, the page comes anew.
    """

    template_name = "products/import_tick.html"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = ImportTickForm(request.POST)
        if not form.is_valid() or not tick(
            self.run, _choice(self.run, form.cleaned_data)
        ):
            return self.go_to(self.run.get_absolute_url())
        if form.cleaned_data["set"] or not htmx_of(request):
            address = self.run.get_absolute_url()
            return self.go_to(f"{address}?{form.cleaned_data['query']}#rows")
        context = apply_words(self.run) | {"shown": form.cleaned_data["show"]}
        return render(request, self.template_name, context)


def _choice(run: ImportRun, sent: Mapping[str, Any]) -> dict[bool, Q]:
    """Return which rows are to be ticked and which not."""
    on_page, taken = Q(record__in=sent["shown"]), Q(record__in=sent["take"])
    everything = rows_in(run, sent["show"], sent["find"], sees_cost=False)
    together = {
        "page-on": {True: on_page},
        "page-off": {False: on_page},
        "all-on": {True: everything},
        "all-off": {False: everything},
    }
    each = {True: on_page & taken, False: on_page & ~taken}
    return together.get(sent["set"], each)
