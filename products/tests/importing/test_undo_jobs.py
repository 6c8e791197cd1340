"""Undoing an import in the background: claimed, done once; else all is as it was."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from products.importing import tasks, undoing
from products.importing.jobs import discard, is_stuck
from products.importing.runs import State
from products.importing.tasks import start_again, start_undoing
from products.importing.undoing import long_run_of, undo_in_job
from products.importing.uploads import prune_runs
from products.models import ImportRun, Operation, Product
from products.reports.stock_check import check_stock
from products.services.undo import undo_operation
from products.tests.factories import adjust, by, make_product, reload
from products.tests.importing.files import TESS, import_text, product
from products.tests.importing.jobs import applied, planned
from products.tests.importing.order_files import line, order, text_of
from products.tests.undoing import counts, shop_rows

pytestmark = pytest.mark.django_db

BACK = (State.TO_UNDO, State.UNDOING)


class Queue:
    """Keeps what is sent; nobody works."""

    def __init__(self) -> None:
        self.sent: list[tuple[Any, ...]] = []

    def enqueue(self, *args: Any) -> None:
        self.sent.append(args)


@pytest.fixture
def run() -> ImportRun:
    return applied(planned())


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Queue:
    queue = Queue()
    monkeypatch.setattr(tasks, "undo_import", queue)
    return queue


def undoing_of(run: ImportRun) -> Operation:
    return Operation.objects.get(reverses=run.operation)


def leave(run: ImportRun, state: str) -> None:
    """Leave the run as a killed process leaves it."""
    an_hour_ago = timezone.now() - timedelta(hours=1)
    ImportRun.objects.filter(pk=run.pk).update(state=state, alive_at=an_hour_ago)
    run.refresh_from_db()


class TestDone:
    def test_in_the_name_of_who_asked(self) -> None:
        before = shop_rows()
        run = applied(planned())
        assert start_undoing(run, TESS)
        assert (run.state, run.problem) == (State.APPLIED, "")
        assert undoing_of(run).actor_label == TESS.label
        assert counts(undoing_of(run)) == (2, 0, 0)
        assert shop_rows() == before

    def test_what_was_sold_since_stays(self, run: ImportRun) -> None:
        adjust(product("A"), -1)
        assert start_undoing(run, TESS)
        assert counts(undoing_of(run)) == (1, 1, 0)
        assert check_stock().ok

    def test_orders_come_back(self) -> None:
        mug = make_product(sku="MUG", stock=10)
        run = applied(planned(text_of(order("#1", line(quantity=3)))))
        assert reload(mug).on_hand == 7
        assert start_undoing(run, TESS)
        assert reload(mug).on_hand == 10

    def test_a_worker_takes_it_later(self, run: ImportRun, queue: Queue) -> None:
        assert start_undoing(run, TESS)
        assert (run.state, queue.sent) == (
            State.TO_UNDO,
            [(run.pk, None, TESS.label, "en")],
        )
        assert Product.objects.count() == 2
        undo_in_job(run.pk, TESS)
        assert not Product.objects.exists()

    def test_a_second_click_sends_nothing(self, run: ImportRun, queue: Queue) -> None:
        assert start_undoing(run, TESS)
        assert not start_undoing(run, TESS)
        assert not start_undoing(ImportRun.objects.get(pk=run.pk), TESS)
        assert len(queue.sent) == 1

    def test_a_task_that_comes_twice_does_it_once(self, run: ImportRun) -> None:
        start_undoing(run, TESS)
        undo_in_job(run.pk, TESS)
        assert Operation.objects.filter(kind=Operation.Kind.UNDONE).count() == 1

    def test_what_was_undone_before_is_not_sent(
        self, run: ImportRun, queue: Queue
    ) -> None:
        undo_operation(operation_id=run.operation_id or 0, circumstances=by())
        assert not start_undoing(run, TESS)
        assert (run.state, queue.sent) == (State.APPLIED, [])

    def test_one_that_changed_nothing_has_nothing_to_undo(self) -> None:
        import_text("sku,name\nA,Mug\n")
        run = applied(planned("sku,name\nA,Mug\n"))
        assert not start_undoing(run, TESS)


class TestRefused:
    @pytest.fixture
    def sold(self) -> ImportRun:
        run = applied(planned("sku,name,on_hand\nA,Mug,5\n"))
        adjust(product("A"), -1)
        return run

    def test_it_is_as_before_and_says_why(self, sold: ImportRun) -> None:
        assert start_undoing(sold, TESS)
        assert sold.state == State.APPLIED
        assert "A: Its stock has moved since" in sold.problem
        assert product("A").on_hand == 4

    def test_it_can_be_tried_again(self, sold: ImportRun) -> None:
        start_undoing(sold, TESS)
        sale = Operation.objects.latest("pk")
        undo_operation(operation_id=sale.pk, circumstances=by())
        assert start_undoing(sold, TESS)
        assert (sold.state, sold.problem) == (State.APPLIED, "")
        assert not Product.objects.exists()

    @pytest.mark.parametrize(
        ("fault", "problem"),
        [
            (OperationalError("database is locked"), "database is locked"),
            (ZeroDivisionError(), "nothing was undone"),
        ],
    )
    def test_a_fault_leaves_it_as_it_was(
        self,
        run: ImportRun,
        monkeypatch: pytest.MonkeyPatch,
        fault: Exception,
        problem: str,
    ) -> None:
        def undo_and_fail(**kwargs: Any) -> None:
            undo_operation(**kwargs)
            raise fault

        monkeypatch.setattr(undoing, "undo_operation", undo_and_fail)
        assert start_undoing(run, TESS)
        assert run.state == State.APPLIED
        assert problem in run.problem
        assert Product.objects.count() == 2
        monkeypatch.undo()
        assert start_undoing(run, TESS)
        assert not Product.objects.exists()

    def test_undone_by_somebody_else_meanwhile_is_no_problem(
        self, run: ImportRun, queue: Queue
    ) -> None:
        assert start_undoing(run, TESS)
        undo_operation(operation_id=run.operation_id or 0, circumstances=by())
        undo_in_job(run.pk, TESS)
        run.refresh_from_db()
        assert (run.state, run.problem) == (State.APPLIED, "")


class TestKilled:
    @pytest.mark.parametrize("state", BACK)
    def test_it_goes_on_and_is_done_once(self, run: ImportRun, state: str) -> None:
        leave(run, state)
        assert start_again(run, TESS)
        assert run.state == State.APPLIED
        assert not Product.objects.exists()
        assert not start_again(run, TESS)

    @pytest.mark.parametrize("state", BACK)
    def test_work_that_goes_on_is_left_alone(self, run: ImportRun, state: str) -> None:
        ImportRun.objects.filter(pk=run.pk).update(state=state, alive_at=timezone.now())
        run.refresh_from_db()
        assert not is_stuck(run)
        assert not start_again(run, TESS)

    def test_a_slow_one_that_was_thought_dead_ends_it(
        self, run: ImportRun, queue: Queue
    ) -> None:
        leave(run, State.UNDOING)
        assert start_again(run, TESS)
        undoing._undo(ImportRun.objects.get(pk=run.pk), TESS)  # the slow one
        undo_in_job(run.pk, TESS)
        run.refresh_from_db()
        assert (run.state, run.problem) == (State.APPLIED, "")
        assert Operation.objects.filter(kind=Operation.Kind.UNDONE).count() == 1

    @pytest.mark.parametrize("state", BACK)
    def test_it_can_not_be_discarded(self, run: ImportRun, state: str) -> None:
        leave(run, state)
        assert not discard(run)
        run.refresh_from_db()
        assert run.state == state

    @pytest.mark.parametrize("state", BACK)
    def test_an_old_import_is_not_thrown_away(self, run: ImportRun, state: str) -> None:
        leave(run, state)
        ImportRun.objects.update(created_at=timezone.now() - timedelta(days=31))
        prune_runs()
        run.refresh_from_db()
        assert run.state == state


class TestLong:
    def test_by_its_lines(
        self, run: ImportRun, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert run.operation
        monkeypatch.setattr(undoing, "INLINE_LINES", 3)  # 2 products, 1 with stock
        assert long_run_of(run.operation) is None
        monkeypatch.setattr(undoing, "INLINE_LINES", 2)
        assert long_run_of(run.operation) == run

    def test_other_operations_have_no_run(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(undoing, "INLINE_LINES", 0)
        assert long_run_of(adjust(make_product(stock=2), -1)) is None
