"""How far the work on an import is; the page of the import asks every second."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.generic import TemplateView
from django_htmx.http import HttpResponseClientRefresh

from products.importing.jobs import blocks_writers, is_stuck, seconds_to_apply
from products.importing.runs import State
from products.importing.undoing import GOING_BACK, seconds_to_undo
from products.models import ImportRun
from products.views.base import htmx_of
from products.views.one_import import OneImport

WORKING = GOING_BACK | {
    State.UPLOADED,
    State.PLANNING,
    State.QUEUED,
    State.APPLYING,
}
MOVING = frozenset({State.PLANNING, State.APPLYING, State.UNDOING})
STEP = 10  # per cent; a screen reader hears of each


class ImportProgressView(OneImport, TemplateView):
    """The moving part of the page; what changes more than that brings it anew."""

    template_name = "products/import_progress.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not htmx_of(request):
            return self.go_to(self.run.get_absolute_url())
        if request.GET.get("seen") != seen_of(self.run):
            return HttpResponseClientRefresh()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        progress = progress_of(self.run)
        is_news = self.request.GET.get("said") != str(progress["percent"])
        return super().get_context_data(**kwargs) | progress | {"is_news": is_news}


def seen_of(run: ImportRun) -> str:
    """Return what the page around the moving part depends on."""
    words = [run.state]
    words += ["stuck"] if is_stuck(run) else []
    words += ["cancelling"] if run.is_cancelling else []
    return "-".join(words)


def progress_of(run: ImportRun) -> dict[str, Any]:
    """Return how far the work is and who may do what about it; no query.

    Applying and undoing are one transaction each, of which nobody else sees anything:
    only the time that has gone by, against what it is likely to take.
    """
    done, total = run.progress_done, run.progress_total
    elapsed = 0
    seconds = _seconds(run)
    if run.state in {State.APPLYING, State.UNDOING}:
        since = timezone.now() - (run.alive_at or timezone.now())
        elapsed = max(0, since // timedelta(seconds=1))
        total = seconds
        done = min(elapsed, total)
    is_moving = run.state in MOVING and bool(total)
    percent = 100 * done // total if is_moving else 0
    return {
        "run": run,
        "is_moving": is_moving,
        "done": done,
        "total": total,
        "elapsed": elapsed,
        "seconds": seconds,
        "blocks_writers": blocks_writers(),
        "percent": percent - percent % STEP,
        "seen": seen_of(run),
        "is_stuck": is_stuck(run),
        "can_discard": run.state not in GOING_BACK | {State.APPLYING},
    }


def _seconds(run: ImportRun) -> int:
    """Return how many seconds applying or undoing takes, one at least."""
    is_undo = run.state in GOING_BACK
    return max(1, round(seconds_to_undo(run) if is_undo else seconds_to_apply(run)))
