from threading import Barrier, Thread

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from products.importing.ticking import tick
from products.models import ImportRun, Operation, Product
from products.tests.factories import make_product
from products.tests.importing.files import plan_text

TEXT = "sku,name,price,on_hand\nA,Mug,1,5\nB,Cup,2,0\nBAD,Jug,x,1\n"
NOBODY_WORKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def run(db):
    return plan_text(TEXT)


def address(run):
    return reverse("products:import_apply", args=[run.pk])


def test_the_address(run):
    assert address(run) == f"/imports/{run.pk}/apply"


def test_what_is_ticked_is_imported_as_one_operation(as_admin, admin, run):
    response = as_admin.post(address(run))
    assert response.url == run.get_absolute_url()
    assert Product.objects.get(sku="A").on_hand == 5
    operation = Operation.objects.get(kind=Operation.Kind.IMPORTED)
    assert (operation.actor, operation.source) == (admin, "site")
    assert operation.import_run == run


def test_the_flash_says_what_came_of_it_and_offers_undo(as_admin, run):
    tick(run, {False: Q(sku="B")})
    followed = as_admin.post(address(run), follow=True).content.decode()
    assert "“shop.csv” imported: 1 new product, 0 changed." in followed
    operation = Operation.objects.get(kind=Operation.Kind.IMPORTED)
    assert reverse("products:operation_undo", args=[operation.pk]) in followed


def test_a_second_click_shows_what_the_first_did(as_admin, run):
    first, second = as_admin.post(address(run)), as_admin.post(address(run))
    assert first.url == second.url
    assert Operation.objects.filter(kind=Operation.Kind.IMPORTED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_make_one_operation(admin):
    run = plan_text(TEXT)
    start = Barrier(2)
    answers = []

    def click():
        client = Client()
        client.force_login(admin)
        start.wait()
        answers.append(client.post(address(run)).status_code)
        connection.close()

    tabs = [Thread(target=click) for _tab in range(2)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert answers == [302, 302]
    assert Operation.objects.filter(kind=Operation.Kind.IMPORTED).count() == 1


def test_without_a_tick_nothing_happens(as_admin, run):
    tick(run, {False: Q()})
    followed = as_admin.post(address(run), follow=True).content.decode()
    assert "No row is ticked" in followed
    assert ImportRun.objects.get(pk=run.pk).state == "planned"


def test_a_product_changed_meanwhile_is_shown_again(as_admin, db):
    product = make_product(sku="OLD", name="Cup", price=1)
    run = plan_text("sku,price\nOLD,2\n")
    Product.objects.filter(pk=product.pk).update(price=3, version=product.version + 1)
    followed = as_admin.post(address(run), follow=True).content.decode()
    assert "1 row is not as it was in the preview" in followed
    assert Product.objects.get(pk=product.pk).price == 3


def test_many_products_are_applied_in_the_background(
    as_admin, run, settings, monkeypatch
):
    monkeypatch.setattr("products.importing.tasks.INLINE_ROWS", 1)
    settings.TASKS = NOBODY_WORKS
    followed = as_admin.post(address(run), follow=True).content.decode()
    assert "Waiting to be applied" in followed
    assert not Product.objects.exists()


def test_a_discarded_one_stays_discarded(as_admin, run):
    as_admin.post(reverse("products:import_discard", args=[run.pk]))
    as_admin.post(address(run))
    assert not Product.objects.exists()


def test_only_by_post(as_admin, run):
    assert as_admin.get(address(run)).status_code == 405


def test_an_unknown_number_is_not_found(as_admin):
    assert as_admin.post("/imports/9/apply").status_code == 404


def test_clerks_may_not(as_clerk, run):
    assert as_clerk.post(address(run)).status_code == 403
    assert not Product.objects.exists()
