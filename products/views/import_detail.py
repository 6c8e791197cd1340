"""What came of one import: figures, what was refused, what was made and changed."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from products.importing.registry import FORMATS
from products.models import ImportRun
from products.services.snapshots import field_label
from products.tabular.encoding import LABELS
from products.tabular.reading import DELIMITER_LABELS
from products.views.base import DetailPage
from products.views.undoing import may_undo

ROWS = 50
SECTIONS = ("refused", "changed", "created", "notes")
COST = "cost"


class ImportDetailView(DetailPage):
    """`?show=` names a section; without it, the first that has something in it."""

    permission_required = "products.import_products"
    template_name = "products/import_detail.html"
    context_object_name = "run"

    def get_queryset(self) -> QuerySet[ImportRun]:
        return ImportRun.objects.select_related("operation__reversed_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run: ImportRun = self.object
        shown = self._shown(run)
        rows = run.report[shown]
        page = Paginator(rows, ROWS).get_page(self.request.GET.get("page"))
        operation = run.operation
        is_undone = operation is not None and hasattr(operation, "reversed_by")
        return super().get_context_data(**kwargs) | {
            "shown": shown,
            "rows": [
                _with_labels(visible_row(row, self.request.user))
                for row in page.object_list
            ],
            "page_obj": page,
            "more": run.report["more"][shown],
            "section_template": f"products/import_rows_{shown}.html",
            "format_label": FORMATS[run.format].label if run.format in FORMATS else "",
            "encoding_label": LABELS.get(run.encoding, run.encoding),
            "delimiter_label": DELIMITER_LABELS.get(run.delimiter, run.delimiter),
            "note_count": len(run.report["notes"]) + run.report["more"]["notes"],
            "is_undone": is_undone,
            "can_undo": operation is not None
            and not is_undone
            and may_undo(self.request.user, operation),
        }

    def _shown(self, run: ImportRun) -> str:
        asked = self.request.GET.get("show")
        if asked in SECTIONS:
            return asked
        filled = (section for section in SECTIONS if run.report[section])
        return next(filled, "refused")


def visible_row(row: dict[str, Any], person: Any) -> dict[str, Any]:
    """Return a row of a report as `person` may see it: costs are for some only."""
    if person.has_perm("products.view_cost"):
        return row
    if row.get("field") == COST:
        return row | {"value": _("not shown to you")}
    changes = row.get("changes", [])
    seen = [change for change in changes if change[0] != COST]
    return row | {"changes": seen, "hides_cost": len(seen) < len(changes)}


def _with_labels(row: dict[str, Any]) -> dict[str, Any]:
    """Name the changed fields as people do."""
    changes = row.get("changes", [])
    return row | {"changes": [(field_label(name), *both) for name, *both in changes]}
