import pytest
from django.urls import reverse

from products.importing.tasks import start_applying
from products.models import ImportRun, Product
from products.tests.importing.files import TESS, plan_text, upload_text

TEXT = "sku,name\nA,Mug\n"


@pytest.fixture
def run(db):
    return plan_text(TEXT)


def address(run):
    return reverse("products:import_discard", args=[run.pk])


def state_of(run):
    return ImportRun.objects.get(pk=run.pk).state


def test_the_address(run):
    assert address(run) == f"/imports/{run.pk}/discard"


def test_it_asks_first(as_admin, run):
    content = as_admin.get(address(run)).content.decode()
    assert "Discard “shop.csv”?" in content
    assert "Keep it" in content
    assert state_of(run) == "planned"


def test_a_preview_is_thrown_away_with_its_file(as_admin, run):
    upload = run.upload
    response = as_admin.post(address(run), follow=True)
    assert "“shop.csv” is discarded. Nothing was imported." in response.content.decode()
    assert response.redirect_chain[-1][0] == reverse("products:import_list")
    assert state_of(run) == "discarded"
    assert not run.rows.exists()
    assert not upload.storage.exists(upload.name)


def test_over_the_preview_the_whole_page_goes_on(as_admin, run):
    response = as_admin.post(address(run), headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == reverse("products:import_list")


def test_reading_is_asked_to_stop(as_admin):
    run = upload_text(TEXT)
    ImportRun.objects.filter(pk=run.pk).update(state="planning")
    response = as_admin.post(address(run))
    assert response.url == run.get_absolute_url()
    assert ImportRun.objects.get(pk=run.pk).is_cancelling
    assert "Stopping" in as_admin.get(response.url).content.decode()


def test_applying_can_not_be_stopped(as_admin, run):
    ImportRun.objects.filter(pk=run.pk).update(state="applying")
    followed = as_admin.post(address(run), follow=True).content.decode()
    assert "can’t be stopped" in followed
    assert state_of(run) == "applying"
    assert as_admin.get(address(run)).url == run.get_absolute_url()


def test_what_was_applied_stays(as_admin, run):
    start_applying(run, TESS)
    as_admin.post(address(run))
    assert state_of(run) == "applied"
    assert Product.objects.exists()


def test_an_unknown_number_is_not_found(as_admin):
    assert as_admin.post("/imports/9/discard").status_code == 404


def test_clerks_may_not(as_clerk, run):
    assert as_clerk.post(address(run)).status_code == 403
    assert state_of(run) == "planned"
