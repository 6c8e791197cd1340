from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from products.models import ImportRun
from products.tests.importing.files import plan_text, upload_text

HTMX = {"HX-Request": "true"}


@pytest.fixture
def run(db):
    return upload_text("sku,name\nA,Mug\n")


def set_up(run, **values):
    ImportRun.objects.filter(pk=run.pk).update(**values)
    run.refresh_from_db()


def ask(client, run, seen, said="0"):
    url = reverse("products:import_progress", args=[run.pk])
    return client.get(url, {"seen": seen, "said": said}, headers=HTMX)


def test_the_address(run):
    address = reverse("products:import_progress", args=[run.pk])
    assert address == f"/imports/{run.pk}/progress"


def test_reading_is_counted_in_records(as_admin, run):
    set_up(run, state="planning", progress_done=12_345, progress_total=100_000)
    content = ask(as_admin, run, "planning").content.decode()
    assert "12,345 of 100,000 rows read" in content
    assert 'max="100000" value="12345"' in content
    assert "<html" not in content


def test_each_tenth_is_said_aloud_once(as_admin, run):
    set_up(run, state="planning", progress_done=34, progress_total=100)
    assert "30 percent done" in ask(as_admin, run, "planning", "20").content.decode()
    assert "percent" not in ask(as_admin, run, "planning", "30").content.decode()


def test_applying_is_counted_in_seconds(as_admin, run):
    since = timezone.now() - timedelta(seconds=12)
    set_up(run, state="applying", alive_at=since, report={"seconds": 10})
    content = ask(as_admin, run, "applying").content.decode()
    assert "s of about 50 s" in content
    assert 'max="50"' in content


def test_work_that_takes_longer_than_thought_stays_at_its_end(as_admin, run):
    since = timezone.now() - timedelta(seconds=70)
    set_up(run, state="applying", alive_at=since, report={"seconds": 10})
    assert 'max="50" value="50"' in ask(as_admin, run, "applying").content.decode()


def test_what_has_not_begun_has_no_length(as_admin, run):
    content = ask(as_admin, run, "uploaded").content.decode()
    assert "Not begun yet" in content
    assert "value=" not in content


@pytest.mark.parametrize("seen", ["uploaded", "planning-stuck", "", "nonsense"])
def test_another_state_brings_the_page_anew(as_admin, run, seen):
    set_up(run, state="planning")
    response = ask(as_admin, run, seen)
    assert response["HX-Refresh"] == "true"


def test_the_page_comes_anew_when_nobody_works_on_it(as_admin, run):
    set_up(run, alive_at=timezone.now() - timedelta(hours=1))
    assert ask(as_admin, run, "uploaded")["HX-Refresh"] == "true"
    assert "HX-Refresh" not in ask(as_admin, run, "uploaded-stuck")


def test_the_end_brings_the_page_anew(as_admin):
    run = plan_text("sku,name\nA,Mug\n")
    assert ask(as_admin, run, "planning")["HX-Refresh"] == "true"


def test_asked_as_a_page_it_leads_to_the_import(as_admin, run):
    address = reverse("products:import_progress", args=[run.pk])
    assert as_admin.get(address).url == run.get_absolute_url()


def test_an_unknown_number_is_not_found(as_admin):
    assert as_admin.get("/imports/9/progress").status_code == 404


def test_clerks_may_not(as_clerk, run):
    assert ask(as_clerk, run, "uploaded").status_code == 403
