"""A run that a killed process has left: found out by the clock, and gone on with."""

import pytest

from products.importing.jobs import discard, is_stuck
from products.importing.runs import State
from products.importing.tasks import start_again
from products.models import ImportRun, Product
from products.tests.importing.files import TESS
from products.tests.importing.jobs import forget_who_worked, kept, planned

pytestmark = pytest.mark.django_db


def test_work_that_goes_on_is_left_alone():
    run = kept()
    assert not is_stuck(run)
    assert not start_again(run, TESS)


def test_one_that_waits_behind_another_is_not_stuck():
    waiting, working = planned(), kept()
    forget_who_worked(waiting, State.QUEUED)
    ImportRun.objects.filter(pk=working.pk).update(state=State.PLANNING)
    assert not is_stuck(waiting)
    forget_who_worked(working, State.PLANNING)
    assert is_stuck(waiting)


@pytest.mark.parametrize("state", [State.UPLOADED, State.PLANNING])
def test_reading_begins_anew(state):
    run = kept()
    forget_who_worked(run, state)
    assert start_again(run, TESS)
    assert (run.state, run.rows.count()) == (State.PLANNED, 2)


@pytest.mark.parametrize("state", [State.QUEUED, State.APPLYING])
def test_applying_is_done_once(state):
    run = planned()
    forget_who_worked(run, state)
    assert start_again(run, TESS)
    assert (run.state, Product.objects.count()) == (State.APPLIED, 2)


def test_one_that_was_being_read_can_be_discarded():
    run = planned()
    forget_who_worked(run, State.PLANNING)
    assert discard(run)
    run.refresh_from_db()
    assert run.state == State.DISCARDED
