"""Long files on the site: read and applied elsewhere while the page says how far."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connection
from playwright.sync_api import Page, expect
from pytest_django import Settings

from products.importing.jobs import plan_in_job
from products.importing.staging import Staging
from products.models import ImportRun, Product
from products.tests.browser.test_imports import send
from products.tests.browser.worker import IN_DATABASE

pytestmark = pytest.mark.django_db(transaction=True)

Visit = Callable[[str], Page]
TEXT = "sku,name\n" + "".join(f"A{n},Mug {n}\n" for n in range(10))


@pytest.fixture(autouse=True)
def everything_is_long(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.TASKS = IN_DATABASE
    monkeypatch.setattr("products.importing.tasks.INLINE_BYTES", 1)
    monkeypatch.setattr("products.importing.tasks.INLINE_ROWS", 1)


@pytest.fixture
def work(tmp_path: Path) -> Callable[[], None]:
    """Runs `manage.py db_worker` until nothing is left to do."""
    if connection.vendor != "sqlite":
        pytest.skip("the worker's process takes the name of an SQLite file")
    module = [sys.executable, "-m", "products.tests.browser.worker"]
    database = str(connection.settings_dict["NAME"])

    def _work() -> None:
        subprocess.run([*module, database, str(tmp_path / "uploads")], check=True)

    return _work


class Gate:
    """Holds the reading of a file between its first and its second batch."""

    def __init__(self) -> None:
        self.is_reached = Event()
        self.opens = Event()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate()
    write = Staging.write

    def write_and_wait(*args: object, **kwargs: object) -> None:
        write(*args, **kwargs)
        gate.is_reached.set()
        gate.opens.wait()

    monkeypatch.setattr(Staging, "write", write_and_wait)
    monkeypatch.setattr("products.importing.planning.ROWS", 4)
    yield gate
    gate.opens.set()


@pytest.fixture
def reading(visit: Visit, gate: Gate) -> Iterator[Page]:
    """The page of a file of which somebody has read four records of ten."""
    page = visit("/imports/new")
    send(page, TEXT)
    expect(page.get_by_role("heading", name="Waiting to be read")).to_be_visible()
    run = ImportRun.objects.get()

    def read() -> None:
        plan_in_job(run.pk)
        connection.close()

    reader = Thread(target=read)
    reader.start()
    gate.is_reached.wait()
    yield page
    gate.opens.set()
    reader.join()


def test_a_worker_reads_and_applies(visit: Visit, work: Callable[[], None]) -> None:
    page = visit("/imports/new")
    send(page, TEXT)
    expect(page.get_by_role("heading", name="Waiting to be read")).to_be_visible()
    work()
    expect(page.get_by_role("heading", level=1)).to_have_text("Preview of spring.csv")
    page.get_by_role("button", name="Apply 10 products").click()
    expect(page.get_by_role("heading", name="Waiting to be applied")).to_be_visible()
    assert not Product.objects.exists()
    work()
    expect(page.get_by_role("link", name="Undo this import")).to_be_visible()
    assert Product.objects.count() == 10


def test_progress_survives_a_reload(reading: Page, gate: Gate) -> None:
    bar = reading.get_by_role("progressbar", name="Reading the file")
    expect(reading.get_by_text("4 of 10 rows read")).to_be_visible()
    reading.reload()
    expect(reading.get_by_text("4 of 10 rows read")).to_be_visible()
    expect(bar).to_have_attribute("value", "4")
    gate.opens.set()
    heading = reading.get_by_role("heading", level=1)
    expect(heading).to_have_text("Preview of spring.csv")


def test_each_tenth_is_said_to_a_screen_reader(reading: Page) -> None:
    expect(reading.get_by_text("4 of 10 rows read")).to_be_visible()
    ImportRun.objects.update(progress_done=7)
    expect(reading.get_by_role("status").get_by_text("70 percent")).to_be_attached()


def test_cancelled_in_the_middle(reading: Page, gate: Gate) -> None:
    cancel = reading.get_by_role("button", name="Cancel")
    cancel.focus()
    expect(reading.get_by_text("4 of 10 rows read")).to_be_visible()
    expect(cancel).to_be_focused()
    cancel.press("Enter")
    expect(reading.get_by_role("heading", name="Stopping")).to_be_visible()
    gate.opens.set()
    discarded = reading.get_by_role("heading", name="This import was discarded")
    expect(discarded).to_be_visible()
    run = ImportRun.objects.get()
    assert not run.rows.exists()
    assert not run.upload


def test_left_alone_it_can_be_started_again(visit: Visit) -> None:
    page = visit("/imports/new")
    send(page, TEXT)
    expect(page.get_by_role("heading", name="Waiting to be read")).to_be_visible()
    ImportRun.objects.update(alive_at="2020-01-01T00:00:00Z")
    expect(page.get_by_text("Nobody is working on this file")).to_be_visible()
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_text("Nobody is working on this file")).to_have_count(0)
