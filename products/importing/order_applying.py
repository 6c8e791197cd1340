"""The ticked rows of a plan of orders to one operation: its sales and its returns."""

from collections.abc import Callable, Iterator

from django.db import IntegrityError
from django.utils import timezone

from products.errors import InsufficientStock, InvalidLine, PeriodClosed, ProductGone
from products.importing.applying import PlanOutdated
from products.importing.order_lines import posting_of
from products.importing.staged import BATCH, rows_to_apply
from products.models import ImportRow, ImportRun, Operation
from products.services.locking import lock_closing
from products.services.operations import Circumstances
from products.services.orders import OrdersOutdated, post_order_lines


def apply_order_rows(
    run: ImportRun,
    *,
    operation: Operation,
    circumstances: Circumstances,
    progress: Callable[[int], None],
) -> None:
    """Post the ticked rows of `run` under `operation`, in the caller's transaction.

    By product, the order in which products are locked, and what returns before what is
    sold. `progress` hears how many lines are posted. Raises PlanOutdated when the shop
    no longer is what the plan was made for.
    """
    done = 0
    try:
        lock_closing()  # before any product; every part of the work needs it again
        for rows in _rows_to_post(run):
            post_order_lines(
                operation=operation,
                postings=[posting_of(row) for row in rows],
                now=circumstances.now or timezone.now(),
            )
            done += len(rows)
            progress(done)
    except (
        *(ProductGone, InsufficientStock, InvalidLine),
        *(PeriodClosed, OrdersOutdated),
    ) as error:
        raise PlanOutdated(error.message) from error
    except IntegrityError as error:  # somebody has just posted one of the lines
        raise PlanOutdated(str(error)) from error


def _rows_to_post(run: ImportRun) -> Iterator[list[ImportRow]]:
    """Yield the ticked rows that do something, by batches; their ids are held."""
    rows = rows_to_apply(run).order_by("product_id", "outcome", "record")
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        yield list(rows.filter(pk__in=ids[start : start + BATCH]))
