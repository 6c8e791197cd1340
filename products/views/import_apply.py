"""Carrying out the ticked rows of a preview."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.importing.runs import State
from products.importing.staged import Outcome
from products.importing.tasks import start_applying
from products.importing.ticking import ticked_counts
from products.models import ImportRun
from products.templatetags.inventory import quantity
from products.views.import_rows import is_about_orders
from products.views.one_import import ImportButton


class ImportApplyView(ImportButton):
    """Acts once: whoever claims the run applies it, the others see what came of it."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = self.run
        if run.state == State.PLANNED and not any(ticked_counts(run).values()):
            messages.error(request, _("No row is ticked, so nothing was imported."))
        elif start_applying(run, self.author) and run.state == State.APPLIED:
            operation = run.operation_id
            undo = f"undo-{operation}" if operation else ""
            messages.success(request, applied_words(run), extra_tags=undo)
        return self.go_to(run.get_absolute_url())


def applied_words(run: ImportRun) -> str:
    """Return what an applied run has done, as a sentence."""
    ticked = ticked_counts(run)
    new, changed = ticked[Outcome.NEW], ticked[Outcome.CHANGED]
    if is_about_orders(run):
        words = ngettext(
            "“%(file)s” imported: %(new)s sale, %(changed)s taken back.",
            "“%(file)s” imported: %(new)s sales, %(changed)s taken back.",
            new,
        )
    else:
        words = ngettext(
            "“%(file)s” imported: %(new)s new product, %(changed)s changed.",
            "“%(file)s” imported: %(new)s new products, %(changed)s changed.",
            new,
        )
    facts = {"new": quantity(new), "changed": quantity(changed)}
    return words % (facts | {"file": run.file_name})
