"""A long import is undone in the background: the way there, its page, and back."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from products.importing import tasks, undoing
from products.models import ImportRun, Operation, Product
from products.services.undo import undo_operation
from products.tests.factories import adjust, by
from products.tests.importing.files import product
from products.tests.importing.jobs import applied, planned
from products.tests.views.filled import open_form

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> ImportRun:
    """Every import is long."""
    monkeypatch.setattr(undoing, "INLINE_LINES", 0)
    return applied(planned())


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the runs that were sent; nobody takes them."""
    sent: list[int] = []

    class Queue:
        def enqueue(self, run_id: int, *_who: Any) -> None:
            sent.append(run_id)

    monkeypatch.setattr(tasks, "undo_import", Queue())
    return sent


def address(run: ImportRun) -> str:
    return reverse("products:operation_undo", args=[run.operation_id])


def click(client: Client, run: ImportRun) -> HttpResponse:
    typed = open_form(client, address(run))
    return client.post(address(run), typed)


def show(client: Client, run: ImportRun) -> str:
    response = client.get(run.get_absolute_url())
    return " ".join(response.content.decode().split())


def set_up(run: ImportRun, **values: Any) -> None:
    ImportRun.objects.filter(pk=run.pk).update(**values)
    run.refresh_from_db()


class TestBefore:
    def test_says_how_long_it_takes(self, as_admin: Client, run: ImportRun) -> None:
        set_up(run, report={"seconds": 4})
        content = as_admin.get(address(run)).content.decode()
        assert "Undoing takes about 12 s" in content

    def test_a_short_one_takes_no_time(self, as_admin: Client) -> None:
        content = as_admin.get(address(applied(planned()))).content.decode()
        assert "Undoing takes" not in content


class TestSending:
    def test_leads_to_the_page_of_the_import(
        self, as_admin: Client, run: ImportRun, no_worker: list[int]
    ) -> None:
        assert click(as_admin, run).headers["Location"] == run.get_absolute_url()
        assert no_worker == [run.pk]
        assert Product.objects.count() == 2
        assert "Waiting to be undone" in show(as_admin, run)

    def test_a_second_click_and_another_tab_send_nothing(
        self, as_admin: Client, run: ImportRun, no_worker: list[int]
    ) -> None:
        typed, other = (open_form(as_admin, address(run)) for _tab in range(2))
        for sent in (typed, typed, other):
            response = as_admin.post(address(run), sent)
            assert response.headers["Location"] == run.get_absolute_url()
        assert no_worker == [run.pk]

    def test_its_preview_leads_to_the_page_meanwhile(
        self, as_admin: Client, run: ImportRun, no_worker: list[int]
    ) -> None:
        click(as_admin, run)
        response = as_admin.get(address(run))
        assert response.headers["Location"] == run.get_absolute_url()

    def test_a_short_one_is_done_in_the_request(
        self, as_admin: Client, no_worker: list[int]
    ) -> None:
        click(as_admin, applied(planned()))
        assert not no_worker
        assert not Product.objects.exists()

    def test_clerks_may_not(
        self, as_clerk: Client, run: ImportRun, no_worker: list[int]
    ) -> None:
        assert as_clerk.post(address(run)).status_code == 403
        assert not no_worker


class TestMeanwhile:
    def test_says_what_goes_on_and_offers_no_way_to_stop(
        self, as_admin: Client, run: ImportRun
    ) -> None:
        now = timezone.now()
        set_up(run, state="undoing", alive_at=now, report={"seconds": 4})
        content = show(as_admin, run)
        assert "Being undone" in content
        assert "Undoing takes about 12 s" in content
        assert "can’t be stopped halfway" in content
        assert reverse("products:import_discard", args=[run.pk]) not in content
        assert "Undo this import" not in content

    def test_counts_the_seconds(self, as_admin: Client, run: ImportRun) -> None:
        since = timezone.now() - timedelta(seconds=6)
        set_up(run, state="undoing", alive_at=since, report={"seconds": 4})
        url = reverse("products:import_progress", args=[run.pk])
        response = as_admin.get(url, {"seen": "undoing"}, headers=HTMX)
        assert "s of about 12 s" in response.content.decode()
        assert 'max="12"' in response.content.decode()

    @pytest.mark.parametrize("state", ["to_undo", "undoing"])
    def test_can_not_be_discarded(
        self, as_admin: Client, run: ImportRun, state: str
    ) -> None:
        set_up(run, state=state)
        url = reverse("products:import_discard", args=[run.pk])
        assert as_admin.get(url).headers["Location"] == run.get_absolute_url()
        response = as_admin.post(url, follow=True)
        assert "is being undone, which can’t be stopped" in response.content.decode()

    @pytest.mark.parametrize("state", ["to_undo", "undoing"])
    def test_left_by_a_killed_worker_it_can_be_started_again(
        self, as_admin: Client, run: ImportRun, state: str
    ) -> None:
        an_hour_ago = timezone.now() - timedelta(hours=1)
        set_up(run, state=state, alive_at=an_hour_ago)
        restart = reverse("products:import_restart", args=[run.pk])
        assert restart in show(as_admin, run)
        for _click in range(2):
            as_admin.post(restart)
        assert Operation.objects.filter(reverses=run.operation).count() == 1
        assert "2 restored" in show(as_admin, run)


class TestAfterwards:
    def test_says_what_became_of_the_products(
        self, as_admin: Client, run: ImportRun
    ) -> None:
        adjust(product("A"), -1)
        click(as_admin, run)
        content = show(as_admin, run)
        assert "1 restored, 1 kept, 0 not possible" in content
        undone = Operation.objects.get(reverses=run.operation)
        assert reverse("products:operation_detail", args=[undone.pk]) in content
        assert "Undo this import" not in content

    def test_says_it_of_a_short_one_too(self, as_admin: Client) -> None:
        run = applied(planned())
        undo_operation(operation_id=run.operation_id or 0, circumstances=by("Olga"))
        content = show(as_admin, run)
        assert "Undone by Olga" in content
        assert "2 restored, 0 kept, 0 not possible" in content

    def test_says_when_the_undoing_was_undone(
        self, as_admin: Client, run: ImportRun
    ) -> None:
        undone = undo_operation(operation_id=run.operation_id or 0, circumstances=by())
        assert "was undone since" not in show(as_admin, run)
        undo_operation(operation_id=undone.pk, circumstances=by())
        assert "was undone since" in show(as_admin, run)

    def test_says_why_it_was_refused_and_can_be_tried_again(
        self, as_admin: Client, run: ImportRun
    ) -> None:
        for sku, units in (("A", -1), ("B", 3)):
            adjust(product(sku), units)
        as_admin.post(address(run))
        content = show(as_admin, run)
        assert "Nothing was undone" in content
        assert "A: Its stock has moved since" in content
        assert "Undo this import" in content
        assert Product.objects.count() == 2

    def test_undone_before_it_leads_to_the_page_that_says_so(
        self, as_admin: Client, run: ImportRun
    ) -> None:
        undo_operation(operation_id=run.operation_id or 0, circumstances=by("Olga"))
        response = as_admin.post(address(run), follow=True)
        assert "Undone by Olga" in response.content.decode()
        assert Operation.objects.filter(kind=Operation.Kind.UNDONE).count() == 1
