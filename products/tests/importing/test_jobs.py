"""The way of a file on the site: kept, planned, applied; and all that comes between."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import get_language, override

from products.importing import runs, tasks
from products.importing.claiming import claim
from products.importing.jobs import discard, plan_in_job
from products.importing.runs import State
from products.importing.staged import rows_to_apply
from products.importing.staging import Staging
from products.importing.tasks import start_applying, start_planning
from products.importing.uploads import prune_runs
from products.models import (
    ImportFinding,
    ImportRow,
    ImportRun,
    Operation,
    Product,
    StockMovement,
)
from products.tests.factories import adjust, make_product
from products.tests.importing.files import TESS, product
from products.tests.importing.jobs import (
    applied,
    edit,
    forget_who_worked,
    kept,
    planned,
)

pytestmark = pytest.mark.django_db


class TestPlanning:
    def test_the_preview_changes_nothing(self):
        run = planned()
        assert [each.outcome for each in run.rows.all()] == ["new", "new"]
        assert (run.created_count, run.operation) == (2, None)
        assert not Product.objects.exists()

    def test_what_it_would_make_is_listed(self):
        run = planned(
            "sku,name,category,brand,group,on_hand:Loft\nA,Mug,K > M,Bølge,mug,1\n"
        )
        names = {kind: run.report[kind]["names"] for kind in ("categories", "brands")}
        assert names == {"categories": ["K", "K > M"], "brands": ["Bølge"]}
        assert run.report["groups"]["names"] == ["mug"]
        assert run.report["locations"]["names"] == ["loft"]

    @pytest.mark.parametrize(
        "columns", ["category\nA,Mug,New", "brand\nA,Mug,New", "group\nA,Mug,new"]
    )
    def test_a_strict_one_refuses_what_it_would_have_to_make(self, columns):
        run = planned(f"sku,name,{columns}\n", is_strict=True)
        assert (run.created_count, run.refused_count) == (0, 1)
        assert "new" in run.findings.get().reason.casefold()

    def test_a_strict_one_refuses_a_file_with_an_unknown_location(self):
        run = kept("sku,name,on_hand:loft\nA,Mug,1\n", is_strict=True)
        start_planning(run)
        assert run.state == State.FAILED
        assert "“loft”" in run.problem

    def test_cells_of_refused_records_are_kept_whole(self):
        run = planned("sku,name,price\nA,Mug,x\nB,Cup,2\n")
        refused = run.rows.get(outcome=ImportRow.Outcome.REFUSED)
        assert refused.plan == {"cells": ["A", "Mug", "x"]}

    def test_a_file_that_is_no_table_says_so_and_is_forgotten(self):
        run = kept("\0\1\2")
        start_planning(run)
        assert (run.state, run.upload.name) == (State.FAILED, "")
        assert "not text" in run.problem
        assert not run.rows.exists()

    def test_a_fault_of_ours_leaves_nothing_half_planned(self, monkeypatch):
        monkeypatch.setattr(Staging, "keep_cells", lambda *_args: 1 / 0)
        run = kept()
        start_planning(run)
        assert run.state == State.FAILED
        assert "went wrong" in run.problem
        assert not ImportRow.objects.exists()

    def test_cancelled_while_it_is_read(self, monkeypatch):
        def write_and_cancel(staging, *args, **kwargs):
            plain_write(staging, *args, **kwargs)
            assert discard(ImportRun.objects.get())

        plain_write = Staging.write
        monkeypatch.setattr(Staging, "write", write_and_cancel)
        run = kept()
        start_planning(run)
        assert (run.state, run.upload.name) == (State.DISCARDED, "")
        assert not ImportRow.objects.exists()

    def test_only_one_job_takes_it(self):
        run = planned()
        plan_in_job(run.pk)
        assert run.rows.count() == 2


class TestApplying:
    def test_one_operation_in_the_name_of_who_applied(self):
        run = applied(planned())
        assert (run.state, run.upload.name) == (State.APPLIED, "")
        assert run.operation.actor_label == TESS.label
        assert (product("A").on_hand, product("B").on_hand) == (5, 0)

    def test_only_what_is_ticked(self):
        run = planned()
        run.rows.filter(sku="A").update(is_accepted=False)
        assert rows_to_apply(run).count() == 1
        applied(run)
        assert [each.sku for each in Product.objects.all()] == ["B"]

    def test_refused_records_never_stop_the_others(self):
        run = applied(planned("sku,name,price\nA,Mug,x\nB,Cup,2\n"))
        assert [each.sku for each in Product.objects.all()] == ["B"]
        assert run.operation is not None

    def test_a_second_click_does_nothing(self):
        run = applied(planned())
        assert not start_applying(run, TESS)
        assert Operation.objects.filter(kind="imported").count() == 1

    def test_nothing_to_change_is_no_operation(self):
        applied(planned())
        run = applied(planned())
        assert (run.state, run.operation) == (State.APPLIED, None)

    def test_a_sale_meanwhile_is_no_conflict(self):
        mug = make_product(sku="A", name="Mug", price=1, stock=9)
        run = planned(sets_stock=True)
        adjust(mug, -2)
        applied(run)
        assert product("A").on_hand == 9 - 2 - 4
        movement = StockMovement.objects.get(operation=run.operation)
        assert movement.delta == -4

    def test_another_field_that_was_changed_is_kept(self):
        mug = make_product(sku="A", name="Mug", price=9)
        run = planned("sku,price\nA,1\n")
        edit(mug, name="Blue mug")
        applied(run)
        assert (product("A").name, product("A").price) == ("Blue mug", 1)


class TestEnding:
    def test_a_plan_can_be_discarded(self):
        run = planned()
        assert discard(run)
        run.refresh_from_db()
        assert (run.state, run.upload.name) == (State.DISCARDED, "")
        assert not ImportRow.objects.exists()
        assert not start_applying(run, TESS)

    def test_an_applied_one_can_not(self):
        run = applied(planned())
        assert not discard(run)
        assert run.rows.count() == 2

    def test_old_runs_lose_their_rows_and_what_waited_too_long(self):
        done, waiting = applied(planned()), planned()
        month_ago = timezone.now() - timedelta(days=31)
        ImportRun.objects.update(created_at=month_ago)
        ImportFinding.objects.create(run=done, record=1, is_refusal=False, reason="x")
        prune_runs()
        waiting.refresh_from_db()
        assert (waiting.state, waiting.upload.name) == (State.DISCARDED, "")
        prune_runs()
        assert not ImportRow.objects.exists()
        assert not ImportFinding.objects.exists()
        assert done.operation.changes.count() == 2

    def test_an_old_preview_that_is_being_applied_is_not_discarded(self):
        run = planned()
        ImportRun.objects.update(created_at=timezone.now() - timedelta(days=31))
        assert claim(run, State.PLANNED, to=State.APPLYING)
        prune_runs()
        assert ImportRun.objects.get().state == State.APPLYING
        forget_who_worked(run, State.APPLYING, since=timedelta(days=31))
        prune_runs()
        run.refresh_from_db()
        assert (run.state, run.upload.name) == (State.DISCARDED, "")


class TestBackground:
    def test_a_long_file_waits_for_a_worker(self, monkeypatch):
        sent = []
        queue = SimpleNamespace(enqueue=lambda *given: sent.append(given))
        monkeypatch.setattr(tasks, "INLINE_BYTES", 10)
        monkeypatch.setattr(tasks, "plan_import", queue)
        run = kept()
        with override("de"):
            start_planning(run)
        assert (run.state, sent) == (State.UPLOADED, [(run.pk, "de")])

    def test_a_worker_writes_in_the_language_of_who_asked(self):
        run = kept(b"sku,name\nA,\0\n")
        tasks.plan_import.func(run.pk, "de")
        run.refresh_from_db()
        assert "Diese Datei" in run.problem
        assert get_language() == "en"

    def test_a_worker_plans_and_applies(self, monkeypatch):
        monkeypatch.setattr(tasks, "INLINE_BYTES", 10)
        monkeypatch.setattr(tasks, "INLINE_ROWS", 1)
        run = applied(planned())
        assert run.state == State.APPLIED
        assert run.operation.actor_label == TESS.label

    def test_a_busy_database_leaves_the_plan_as_it_was(self, monkeypatch):
        def fail(*_args):
            message = "database is locked"
            raise OperationalError(message)

        monkeypatch.setattr(runs, "_apply", fail)
        run = applied(planned())
        assert (run.state, run.problem) == (State.PLANNED, "database is locked")
        assert not Product.objects.exists()
        monkeypatch.undo()
        assert applied(run).state == State.APPLIED
