"""Files that wait for their import: kept, opened, and forgotten again."""

import logging
from contextlib import suppress
from datetime import timedelta
from secrets import token_hex

from django.core.files.base import File
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import InventoryError
from products.importing.claiming import claim
from products.importing.request import ImportRequest
from products.models import ImportFinding, ImportRow, ImportRun
from products.services.operations import Author

KEPT_FOR = timedelta(days=30)  # staged rows of a run that nobody works on any more
PRUNED_AT_ONCE = 20  # runs; the next upload goes on

State = ImportRun.State

logger = logging.getLogger(__name__)

NOT_APPLIED = (
    State.UPLOADED,
    State.COLUMNS,
    State.PLANNING,
    State.PLANNED,
    State.QUEUED,
)


class NotKept(InventoryError):
    """There is no room for an upload, or its folder can't be written."""

    code = "not_kept"

    def __init__(self) -> None:
        super().__init__(
            _(
                "The server could not keep the file: its disk is full, or may not be"
                " written. Nothing was changed. Tell whoever runs it, then try again."
            )
        )


def keep_upload(request: ImportRequest, author: Author) -> ImportRun:
    """Store the file of `request` and return its run, which waits to be read.

    Old runs lose their staged rows here, a few at a time. Raises NotKept, with nothing
    kept, when the disk is full or may not be written.
    """
    prune_runs()
    run = new_run(request, author, state=State.UPLOADED)
    request.stream.seek(0)
    name = f"upload-{token_hex(16)}"  # ours alone, to be deleted half written
    try:
        run.upload.save(name, File(request.stream), save=False)
    except OSError as error:
        logger.exception("The upload of %s could not be kept", request.file_name)
        run.upload.storage.delete(name)
        raise NotKept from error
    run.size = run.upload.size
    run.alive_at = timezone.now()
    run.save(force_insert=True)
    return run


def new_run(
    request: ImportRequest, author: Author, *, state: ImportRun.State
) -> ImportRun:
    """Return the unsaved record of a file and what was asked for."""
    return ImportRun(
        actor_id=author.user.pk if author.user else None,
        actor_label=author.label,
        state=state,
        file_name=request.file_name[-255:],
        size=0,
        format_asked=request.format_code,
        location=request.location,
        sets_stock=request.sets_stock,
        is_strict=request.is_strict,
        mapping=dict(request.mapping),
    )


def forget_upload(run: ImportRun) -> None:
    """Delete the stored file of a run that needs it no more; it may be gone already."""
    if run.upload:
        with suppress(OSError):  # no file has such a name
            run.upload.delete(save=False)
        ImportRun.objects.filter(pk=run.pk).update(upload="")


def prune_runs() -> None:
    """Forget the staged rows of old runs; discard those that nobody has applied.

    One that is being applied or undone is left alone, unless whoever applied it died
    long ago. What an import changed stays in the history for good.
    """
    before = timezone.now() - KEPT_FOR
    ended = [State.APPLIED, State.DISCARDED, State.FAILED]
    stale = ImportRun.objects.filter(created_at__lt=before)
    is_dead = Q(state=State.APPLYING, alive_at__lt=before)
    for run in stale.filter(Q(state__in=NOT_APPLIED) | is_dead)[:PRUNED_AT_ONCE]:
        if claim(run, run.step, to=State.DISCARDED):
            forget_upload(run)
    old = list(
        stale.filter(state__in=ended, rows__isnull=False).distinct()[:PRUNED_AT_ONCE]
    )
    ImportRow.objects.filter(run__in=old).delete()
    ImportFinding.objects.filter(run__in=old).delete()
