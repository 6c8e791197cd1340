"""One import undone from several tabs, and by several workers, at the same moment."""

import threading
from typing import Any

import pytest

from products.importing import tasks, undoing
from products.importing.runs import State
from products.importing.tasks import start_undoing
from products.importing.undoing import undo_in_job
from products.models import ImportRun, Operation, Product
from products.reports.stock_check import check_stock
from products.tests.concurrency.racing import PATIENCE, race
from products.tests.importing.files import TESS
from products.tests.importing.jobs import applied, planned

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
]

TEXT = "sku,name,on_hand\n" + "".join(f"A{n},Mug,3\n" for n in range(20))
TABS = 3


@pytest.fixture
def run() -> ImportRun:
    return applied(planned(TEXT))


def undone() -> int:
    return Operation.objects.filter(kind=Operation.Kind.UNDONE).count()


def end_of(run: ImportRun) -> tuple[str, str, int, int]:
    run.refresh_from_db()
    return run.state, run.problem, undone(), Product.objects.count()


ONCE = (State.APPLIED, "", 1, 0)


def click(run: ImportRun) -> bool:
    return start_undoing(ImportRun.objects.get(pk=run.pk), TESS)


def test_several_tabs_undo_it_once(run: ImportRun) -> None:
    answers = race(lambda _n: click(run), TABS)
    assert sorted(answers) == [False, False, True]
    assert end_of(run) == ONCE
    assert check_stock().ok


def test_several_workers_undo_it_once(run: ImportRun) -> None:
    ImportRun.objects.filter(pk=run.pk).update(state=State.TO_UNDO)
    assert race(lambda _n: undo_in_job(run.pk, TESS), TABS) == [None] * TABS
    assert end_of(run) == ONCE


def test_twin_that_claims_nothing_is_stopped_by_the_operation(
    run: ImportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All tabs and all workers go on; the operation is undone once all the same."""
    together = threading.Barrier(TABS)

    def claim_nothing(found: ImportRun, *_states: Any, to: ImportRun.State) -> bool:
        together.wait(PATIENCE)
        ImportRun.objects.filter(pk=found.pk).update(state=to)
        return True

    for module in (tasks, undoing):
        monkeypatch.setattr(module, "claim", claim_nothing)
    answers = race(lambda _n: click(run), TABS)
    assert answers == [True] * TABS
    assert end_of(run) == ONCE
    assert check_stock().ok
