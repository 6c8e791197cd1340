from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from products.models import ImportRun, Operation, Product
from products.tests.importing.files import plan_text, upload_text

TEXT = "sku,name\nA,Mug\n"
LONG_AGO = timedelta(hours=1)


def address(run):
    return reverse("products:import_restart", args=[run.pk])


def leave(run, state):
    """Make it look as if whoever worked on `run` was killed an hour ago."""
    ImportRun.objects.filter(pk=run.pk).update(
        state=state, alive_at=timezone.now() - LONG_AGO
    )


@pytest.mark.django_db
def test_the_address():
    run = upload_text(TEXT)
    assert address(run) == f"/imports/{run.pk}/restart"


@pytest.mark.parametrize("state", ["uploaded", "planning"])
def test_reading_begins_again(as_admin, state):
    run = upload_text(TEXT)
    leave(run, state)
    assert as_admin.post(address(run)).url == run.get_absolute_url()
    run.refresh_from_db()
    assert (run.state, run.created_count) == ("planned", 1)


@pytest.mark.parametrize("state", ["queued", "applying"])
def test_applying_begins_again_and_is_done_once(as_admin, state):
    run = plan_text(TEXT)
    leave(run, state)
    for _click in range(2):
        as_admin.post(address(run))
    assert Product.objects.count() == 1
    assert Operation.objects.filter(kind=Operation.Kind.IMPORTED).count() == 1


def test_what_is_worked_on_is_left_alone(as_admin):
    run = upload_text(TEXT)
    as_admin.post(address(run))
    run.refresh_from_db()
    assert run.state == "uploaded"


def test_a_preview_is_left_alone(as_admin):
    run = plan_text(TEXT)
    leave(run, "planned")
    as_admin.post(address(run))
    run.refresh_from_db()
    assert run.state == "planned"


def test_only_by_post(as_admin):
    assert as_admin.get(address(upload_text(TEXT))).status_code == 405


def test_an_unknown_number_is_not_found(as_admin):
    assert as_admin.post("/imports/9/restart").status_code == 404


def test_clerks_may_not(as_clerk):
    run = upload_text(TEXT)
    leave(run, "planning")
    assert as_clerk.post(address(run)).status_code == 403
