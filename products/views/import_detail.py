"""One import in whatever state it is: being read, its preview, what came of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from products.forms.filters import SearchField
from products.importing.jobs import blocks_writers, seconds_to_apply
from products.importing.registry import FORMATS
from products.importing.runs import State
from products.importing.ticking import ticked_counts
from products.models import ImportRun
from products.tabular.encoding import LABELS
from products.tabular.reading import DELIMITER_LABELS
from products.views.import_progress import WORKING, progress_of
from products.views.import_rows import (
    NOTES,
    counts_of,
    is_about_orders,
    page_of,
    present,
    section_of,
    veiled,
)
from products.views.one_import import OneImport
from products.views.undoing import may_undo

WORTH_SAYING = 3  # seconds that others wait, until the page warns of it
NAMES = 5  # of what is made, of each kind
MADE = {
    "categories": _("New categories"),
    "brands": _("New brands"),
    "groups": _("New product groups"),
    "locations": _("New locations"),
}
TICKED = ("new", "changed", "different")  # sections whose rows do something
TEMPLATES = {"different": "changed"}  # the sections that look like another


@method_decorator(never_cache, name="dispatch")
class ImportDetailView(OneImport, TemplateView):
    """`?show=` names a section of the rows, `?find=` narrows it.

    Never kept by the browser: its back button would show ticks that are no longer set.
    """

    template_name = "products/import_detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.run.state == State.COLUMNS:
            return redirect("products:import_columns", self.run.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.run
        state = run.step
        context = super().get_context_data(**kwargs) | {
            "run": run,
            "state": state.value,
            "is_working": state in WORKING,
            **file_words(run),
        }
        if state in WORKING:
            return context | progress_of(run)
        if state in {State.PLANNED, State.APPLIED}:
            context |= apply_words(run) | self._rows()
        if state == State.APPLIED:
            context |= self._outcome()
        return context

    def _rows(self) -> dict[str, Any]:
        """Return the section that is open, and the figures of all."""
        run, request = self.run, self.request
        find = str(SearchField(required=False).clean(request.GET.get("find")))
        counts = counts_of(run)
        shown = section_of(run, request.GET.get("show"))
        sees_cost = request.user.has_perm("products.view_cost")
        page = page_of(request, run, shown, find, sees_cost=sees_cost)
        rows: list[Any] = (
            veiled(page.rows, sees_cost=sees_cost)
            if shown == NOTES
            else present(run, page.rows, sees_cost=sees_cost)
        )
        return {
            "shown": shown,
            "find": find,
            "counts": counts,
            "all_of_section": counts[shown],
            "rows": rows,
            "key_page": page,
            "is_forgotten": not rows and not find and bool(counts[shown]),
            "has_ticks": run.state == State.PLANNED and shown in TICKED,
            "rows_template": _template_for(run, shown),
        }

    def _outcome(self) -> dict[str, Any]:
        operation = self.run.operation
        is_undone = operation is not None and hasattr(operation, "reversed_by")
        can_undo = operation is not None and may_undo(self.request.user, operation)
        return {"is_undone": is_undone, "can_undo": can_undo and not is_undone}


def _template_for(run: ImportRun, shown: str) -> str:
    name = TEMPLATES.get(shown, shown)
    if shown in TICKED and is_about_orders(run):
        name = "orders"
    return f"products/import/rows_{name}.html"


def apply_words(run: ImportRun) -> dict[str, Any]:
    """Return what applying a planned run would do, makes on the way, and costs."""
    ticked = ticked_counts(run)
    seconds = seconds_to_apply(run)
    made = [(label, run.report.get(kind, {})) for kind, label in MADE.items()]
    return {
        "run": run,
        "ticked": {outcome.value: count for outcome, count in ticked.items()},
        "ticked_total": sum(ticked.values()),
        "is_about_orders": is_about_orders(run),
        "seconds": round(seconds) if seconds >= WORTH_SAYING else 0,
        "blocks_writers": blocks_writers(),
        "made": [
            (label, each["count"], each["names"][:NAMES], each["count"] - NAMES)
            for label, each in made
            if each.get("count")
        ],
        "ignores_stock": bool(run.report.get("has_stock")) and not run.sets_stock,
    }


def file_words(run: ImportRun) -> dict[str, Any]:
    """Return what kind of file it is, as the pages say it."""
    found = FORMATS.get(run.format)
    return {
        "format_label": found.label if found else run.format,
        "encoding_label": LABELS.get(run.encoding, run.encoding),
        "delimiter_label": DELIMITER_LABELS.get(run.delimiter, run.delimiter)
        if run.delimiter
        else "",
    }
