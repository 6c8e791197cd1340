"""A worker that comes back after somebody else took its run: it changes nothing."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from products.importing import jobs, runs
from products.importing.jobs import apply_in_job, discard, plan_in_job
from products.importing.runs import State
from products.importing.staging import Staging
from products.importing.tasks import start_again
from products.models import ImportRun, Operation, Product
from products.tests.importing.files import TESS
from products.tests.importing.jobs import kept, planned

pytestmark = pytest.mark.django_db

MANY = "sku,name\n" + "".join(f"A{n},Mug\n" for n in range(3_000))


def look_dead(run):
    long_ago = timezone.now() - timedelta(hours=1)
    ImportRun.objects.filter(pk=run.pk).update(alive_at=long_ago)
    run.refresh_from_db()


def once(happens, plain):
    """Return `plain`, with something that happens after its first call."""
    waiting = [happens]

    def wrapped(*args, **kwargs):
        result = plain(*args, **kwargs)
        if waiting:
            waiting.pop()()
        return result

    return wrapped


@pytest.fixture
def run():
    return kept(MANY)


def another_takes(run, then=None):
    def takes():
        other = ImportRun.objects.get(pk=run.pk)
        look_dead(other)
        assert (then or start_again)(other, *([] if then else [TESS]))

    return takes


class TestReading:
    def test_a_file_is_read_once_when_another_reads_it_anew(self, monkeypatch, run):
        write = once(another_takes(run), Staging.write)
        monkeypatch.setattr(Staging, "write", write)
        plan_in_job(run.pk)
        run.refresh_from_db()
        assert (run.state, run.created_count) == (State.PLANNED, 3_000)
        assert run.rows.count() == 3_000

    def test_before_the_first_row(self, monkeypatch, run):
        opened = once(another_takes(run), runs.request_of)
        monkeypatch.setattr(runs, "request_of", opened)
        plan_in_job(run.pk)
        run.refresh_from_db()
        assert (run.state, run.rows.count()) == (State.PLANNED, 3_000)

    def test_what_was_discarded_stays_so(self, monkeypatch, run):
        write = once(another_takes(run, then=discard), Staging.write)
        monkeypatch.setattr(Staging, "write", write)
        plan_in_job(run.pk)
        run.refresh_from_db()
        assert (run.state, run.rows.count()) == (State.DISCARDED, 0)

    def test_a_fault_of_the_slow_one_ends_nothing(self, monkeypatch, run):
        keeps = once(lambda: (another_takes(run)(), 1 / 0), Staging.keep_cells)
        monkeypatch.setattr(Staging, "keep_cells", keeps)
        plan_in_job(run.pk)
        run.refresh_from_db()
        assert (run.state, run.rows.count()) == (State.PLANNED, 3_000)

    def test_a_cancel_while_the_file_is_opened_is_heard(self, monkeypatch, run):
        def cancel():
            assert discard(ImportRun.objects.get(pk=run.pk))

        monkeypatch.setattr(runs, "open_file", once(cancel, runs.open_file))
        plan_in_job(run.pk)
        run.refresh_from_db()
        assert (run.state, run.rows.count()) == (State.DISCARDED, 0)


class TestApplying:
    def test_who_is_late_posts_nothing(self, monkeypatch):
        run = planned()
        claims = once(another_takes(run), jobs.claim)
        monkeypatch.setattr(jobs, "claim", claims)
        ImportRun.objects.filter(pk=run.pk).update(state=State.QUEUED)
        apply_in_job(run.pk, TESS)
        run.refresh_from_db()
        assert run.state == State.APPLIED
        assert run.operation == Operation.objects.get(kind="imported")
        assert Product.objects.count() == 2

    def test_a_discarded_one_is_not_applied(self, monkeypatch):
        def discarded():
            ImportRun.objects.filter(pk=run.pk).update(state=State.QUEUED)
            assert discard(ImportRun.objects.get(pk=run.pk))

        run = planned()
        monkeypatch.setattr(jobs, "claim", once(discarded, jobs.claim))
        ImportRun.objects.filter(pk=run.pk).update(state=State.QUEUED)
        apply_in_job(run.pk, TESS)
        run.refresh_from_db()
        assert (run.state, Product.objects.count()) == (State.DISCARDED, 0)


class TestBusyDatabase:
    """On SQLite everybody waits while another import is applied."""

    @pytest.mark.parametrize("name", ["_go_on", "_finding", "_row"])
    def test_reading_waits(self, monkeypatch, name):
        def locked():
            message = "database is locked"
            raise OperationalError(message)

        monkeypatch.setattr(Staging, name, once(locked, getattr(Staging, name)))
        run = kept(f"{MANY}B,\nC,\n")
        plan_in_job(run.pk)
        run.refresh_from_db()
        assert (run.state, run.created_count) == (State.PLANNED, 3_000)
        assert (run.refused_count, run.findings.count()) == (2, 2)
        assert run.rows.count() == 3_002
