"""What was imported, newest first."""

from typing import Any

from django.views.generic import TemplateView

from products.errors import Unreadable
from products.forms.filters import SearchField
from products.importing.runs import State
from products.importing.staged import Outcome
from products.importing.ticking import ticked_counts
from products.models import ImportRun
from products.views.base import Page
from products.views.key_paging import key_page

ROWS = 25
WITHOUT_FIGURES = {
    State.UPLOADED,
    State.COLUMNS,
    State.PLANNING,
    State.DISCARDED,
    State.FAILED,
}


class ImportListView(Page, TemplateView):
    """Every file that was handed in, with its figures; `?find=` is part of its name."""

    permission_required = "products.import_products"
    template_name = "products/import_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        find = str(SearchField(required=False).clean(self.request.GET.get("find")))
        runs = ImportRun.objects.select_related("operation__reversed_by")
        if find:
            runs = runs.filter(file_name__icontains=find)
        page = key_page(self.request, runs, size=ROWS)
        return super().get_context_data(**kwargs) | {
            "runs": [(run, *_figures(run)) for run in page.rows],
            "key_page": page,
            "find": find,
        }


def _figures(run: ImportRun) -> tuple[int | None, int | None]:
    """Return how many products are new and changed: in the end, those ticked.

    None stands for what nobody knows, of files that were not read to their end or whose
    rows are gone, or where it can't be read.
    """
    if run.state in WITHOUT_FIGURES:
        return None, None
    if run.state != State.APPLIED:
        return run.created_count, run.changed_count
    try:
        ticked = ticked_counts(run)
    except Unreadable:
        return None, None
    return ticked[Outcome.NEW], ticked[Outcome.CHANGED]
