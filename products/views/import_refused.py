"""The refused records of an import as a file, to be mended and sent again."""

from pathlib import PurePath
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.generic import View

from products.models import ImportRun
from products.tabular.writing import escape_formula, write_csv
from products.views.base import Page
from products.views.downloads import as_attachment
from products.views.import_detail import visible_row


class ImportRefusedView(Page, View):
    """CSV: one row per fault, with the number of the record in the file."""

    permission_required = "products.import_products"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = get_object_or_404(ImportRun, pk=pk)
        header = [_("Row"), _("Column"), _("Value"), _("Why"), _("How to mend it")]
        rows = (self._cells(row) for row in run.report["refused"])
        name = f"{PurePath(run.file_name).stem}-refused.csv"
        return HttpResponse(
            "".join(write_csv(header, rows)),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": as_attachment(name)},
        )

    def _cells(self, row: dict[str, Any]) -> list[str]:
        row = visible_row(row, self.request.user)
        texts = [row[name] for name in ("column", "value", "reason", "mend")]
        return [str(row["record"]), *(escape_formula(text) for text in texts)]
