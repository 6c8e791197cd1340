"""A worker that applies an import so slowly that it seems dead."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from products.importing import jobs, runs
from products.importing.runs import State
from products.importing.tasks import start_again, start_applying
from products.models import ImportRun, Operation, Product
from products.tests.concurrency.racing import PATIENCE, race
from products.tests.importing.files import TESS
from products.tests.importing.jobs import planned

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
]


def test_who_begins_it_again_neither_waits_nor_harms(monkeypatch):
    if not connection.features.has_select_for_update_skip_locked:
        pytest.skip("this database can't tell whether a row is locked")
    run = planned()
    is_writing, is_refused = threading.Event(), threading.Event()
    plain = runs.apply_rows

    def slowly(*args, **kwargs):
        plain(*args, **kwargs)
        is_writing.set()
        assert is_refused.wait(PATIENCE)

    def work(number):
        if number == 0:
            return start_applying(ImportRun.objects.get(pk=run.pk), TESS)
        assert is_writing.wait(PATIENCE)
        answer = start_again(ImportRun.objects.get(pk=run.pk), TESS)
        is_refused.set()
        return answer

    monkeypatch.setattr(runs, "apply_rows", slowly)
    monkeypatch.setattr(jobs, "SILENT", timedelta(days=-1))
    assert race(work, 2) == [True, False]
    run.refresh_from_db()
    assert run.state == State.APPLIED
    assert run.operation == Operation.objects.get(kind="imported")
    assert Product.objects.count() == 2
