"""Orders on the site: previewed, ticked, applied, and planned anew when it changed."""

from datetime import date

import pytest
from django.db.models import Q

from products.importing.order_planning import OrderPlanner
from products.importing.runs import State
from products.importing.tasks import start_applying
from products.importing.ticking import tick
from products.models import ImportRun, OrderLine
from products.services.closings import move_closing
from products.tests.factories import adjust, make_product, reload
from products.tests.importing.files import TESS, import_text, plan_text
from products.tests.importing.order_files import line, order, text_of

pytestmark = pytest.mark.django_db

TEXT = text_of(order("#1001", line(quantity=3)), order("#1002", line(quantity=2)))


@pytest.fixture(autouse=True)
def mug():
    return make_product(sku="MUG", name="Mug", stock=6, cost=4)


def apply(run: ImportRun) -> ImportRun:
    assert start_applying(run, TESS)
    run.refresh_from_db()
    return run


def test_a_preview_posts_nothing_and_applying_posts_all(mug):
    run = plan_text(TEXT)
    assert (run.state, run.created_count) == (State.PLANNED, 2)
    assert reload(mug).on_hand == 6
    assert apply(run).state == State.APPLIED
    assert reload(mug).on_hand == 1
    assert not run.upload


def test_a_line_without_its_tick_stays_unposted(mug):
    run = plan_text(TEXT)
    tick(run, {False: Q(record=2)})
    apply(run)
    assert reload(mug).on_hand == 4
    assert import_text(TEXT).run.created_count == 1
    assert reload(mug).on_hand == 1


def test_units_that_were_sold_since_the_preview_are_refused_in_a_new_one(mug):
    run = plan_text(TEXT)
    adjust(mug, -2)
    assert apply(run).state == State.PLANNED
    rows = run.rows.order_by("record")
    assert [row.outcome for row in rows] == ["new", "refused"]
    assert apply(run).state == State.APPLIED
    assert reload(mug).on_hand == 1


def test_lines_that_were_posted_since_the_preview_are_shown_as_such(mug):
    run = plan_text(TEXT)
    import_text(text_of(order("#1001", line(quantity=3))))
    assert apply(run).state == State.PLANNED
    rows = run.rows.order_by("record")
    assert [row.outcome for row in rows] == ["unchanged", "new"]


def test_a_period_that_was_closed_since_the_preview_stays_closed(mug):
    run = plan_text(TEXT)
    move_closing(through=date(2025, 12, 31), reason="Year end", author=TESS)
    assert apply(run).state == State.PLANNED
    assert run.refused_count == 2
    assert reload(mug).on_hand == 6
    assert not OrderLine.objects.exists()


def test_the_books_are_asked_about_every_line(mug, monkeypatch):
    """The plan looks at the closing date, and so does the ledger."""
    monkeypatch.setattr(OrderPlanner, "_check_time", lambda *args: None)
    move_closing(through=date(2025, 10, 7), reason="Year end", author=TESS)
    run = plan_text(
        text_of(order("#1002", at="2025-10-09 10:00:00 +0200"), order("#1001"))
    )
    assert apply(run).state == State.PLANNED
    assert reload(mug).on_hand == 6
