"""The jobs of imports as background tasks, and who decides which way they go.

`manage.py db_worker` takes them; `make run` starts one beside the server.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import get_language, override
from django_tasks import task

from products.importing.claiming import claim
from products.importing.jobs import (
    INLINE_BYTES,
    INLINE_ROWS,
    PACKED,
    apply_in_job,
    is_stuck,
    plan_in_job,
)
from products.importing.naming import Mapped, remember
from products.importing.runs import State
from products.importing.staged import rows_to_apply
from products.importing.undoing import undo_in_job
from products.models import ImportRun, Operation
from products.services.locking import is_import_held
from products.services.operations import Author
from products.services.undo import was_undone


@task()
def plan_import(run_id: int, language: str = "") -> None:
    """Plan a run in the background; what it finds is written in `language`."""
    with override(language or settings.LANGUAGE_CODE):
        plan_in_job(run_id)


@task()
def apply_import(
    run_id: int, user_id: int | None, label: str, language: str = ""
) -> None:
    """Apply a run in the background, in the name of who asked for it."""
    with override(language or settings.LANGUAGE_CODE):
        apply_in_job(run_id, _author(user_id, label))


@task()
def undo_import(
    run_id: int, user_id: int | None, label: str, language: str = ""
) -> None:
    """Undo a run in the background, in the name of who asked for it."""
    with override(language or settings.LANGUAGE_CODE):
        undo_in_job(run_id, _author(user_id, label))


def _author(user_id: int | None, label: str) -> Author:
    user = get_user_model().objects.filter(pk=user_id).first()
    return Author(label, Operation.Source.SITE, user)


def start_planning(run: ImportRun) -> None:
    """Plan a run that is UPLOADED: at once when its file is small."""
    # A workbook is packed, and unpacking it is a good part of the work.
    is_packed = run.file_name.lower().endswith(".xlsx")
    if run.size <= (INLINE_BYTES // PACKED if is_packed else INLINE_BYTES):
        plan_in_job(run.pk)
    else:
        plan_import.enqueue(run.pk, get_language() or "")
    run.refresh_from_db()


def start_naming(run: ImportRun, mapping: Mapped) -> bool:
    """Read a run with the columns a person has named: header -> field, "" not read.

    Rows of a preview that is there are dropped and planned anew; the next file with
    this header is read in the same way. Says whether the run was waiting for it.
    """
    if not claim(run, State.COLUMNS, State.PLANNED, to=State.UPLOADED):
        return False
    remember(run.report["header"], mapping)
    run.mapping = dict(mapping)
    run.save(update_fields=["mapping"])
    start_planning(run)
    return True


def start_applying(run: ImportRun, author: Author) -> bool:
    """Apply a run that is PLANNED; say whether this call set it going."""
    if not claim(run, State.PLANNED, to=State.QUEUED):
        return False
    _send(run, author)
    return True


def start_undoing(run: ImportRun, author: Author) -> bool:
    """Undo a run that is APPLIED, in the background; say whether this call did it."""
    operation = run.operation
    if operation is None or not claim(run, State.APPLIED, to=State.TO_UNDO):
        return False
    if was_undone(operation):  # asked first, the answer could be old by now
        claim(run, State.TO_UNDO, to=State.APPLIED)
        return False
    _send_undo(run, author)
    return True


def start_again(run: ImportRun, author: Author) -> bool:
    """Set a run going that a killed process has left; say whether it was one.

    Safe even when the process is only slow: the work itself happens once, and one that
    is just writing is left alone.
    """
    if not is_stuck(run) or is_import_held(run.pk):
        return False
    if claim(run, State.UPLOADED, State.PLANNING, to=State.UPLOADED):
        start_planning(run)
        return True
    if claim(run, State.QUEUED, State.APPLYING, to=State.QUEUED):
        _send(run, author)
        return True
    if claim(run, State.TO_UNDO, State.UNDOING, to=State.TO_UNDO):
        _send_undo(run, author)
        return True
    return False


def _send(run: ImportRun, author: Author) -> None:
    if rows_to_apply(run).count() <= INLINE_ROWS:
        apply_in_job(run.pk, author)
    else:
        apply_import.enqueue(run.pk, *_named(author))
    run.refresh_from_db()


def _send_undo(run: ImportRun, author: Author) -> None:
    undo_import.enqueue(run.pk, *_named(author))
    run.refresh_from_db()


def _named(author: Author) -> tuple[int | None, str, str]:
    """Return `author` and the language of now as a task can keep them."""
    key = author.user.pk if author.user else None
    return key, author.label, get_language() or ""
