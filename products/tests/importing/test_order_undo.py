"""An import of orders undone, imported again, and the undoing undone: never twice."""

from io import StringIO

import pytest
from django.core.management import call_command

from products.errors import CannotUndo
from products.importing.order_planning import OrderPlanner
from products.models import Operation
from products.services import orders, undo_preview
from products.services.undo import undo_operation
from products.tests.factories import by, make_product, reload
from products.tests.importing.files import counts, import_text
from products.tests.importing.order_files import (
    import_orders,
    line,
    order,
    postings,
    text_of,
)

pytestmark = pytest.mark.django_db

TEXT = text_of(order("#1001", line(quantity=3), line("CUP")), order("#1002"))
CANCELLED_AT = "2025-10-08 10:00:00 +0200"
CANCELLED = text_of(
    order("#1001", line(quantity=3), line("CUP"), cancelled_at=CANCELLED_AT)
)


@pytest.fixture(autouse=True)
def cup():
    return make_product(sku="CUP", name="Cup", stock=5)


@pytest.fixture(autouse=True)
def mug():
    return make_product(sku="MUG", name="Mug", stock=10, cost=4)


def undo(operation: Operation) -> Operation:
    return undo_operation(operation_id=operation.pk, circumstances=by())


def test_undoing_gives_the_goods_and_their_value_back(mug):
    undo(import_text(TEXT).run.operation)
    level = mug.levels.get()
    assert (level.on_hand, level.value) == (10, 40)


def test_the_same_file_posts_again_after_an_undo(mug):
    first = import_text(TEXT)
    undo(first.run.operation)
    assert counts(import_text(TEXT)) == (3, 0, 0, 0)
    assert counts(import_text(TEXT)) == (0, 0, 3, 0)
    assert reload(mug).on_hand == 6
    assert {turn for *_rest, turn in postings()} == {0, 1}


def test_an_undone_undo_is_posted_as_before(mug):
    first = import_text(TEXT)
    undo(undo(first.run.operation))
    assert reload(mug).on_hand == 6
    assert counts(import_text(TEXT)) == (0, 0, 3, 0)


def test_an_undone_cancellation_can_be_imported_again(mug):
    import_text(TEXT)
    undo(import_text(CANCELLED).run.operation)
    assert reload(mug).on_hand == 6
    assert counts(import_text(CANCELLED)) == (0, 2, 0, 0)
    assert reload(mug).on_hand == 9


def test_an_undo_is_not_undone_where_the_lines_were_posted_again(mug):
    undoing = undo(import_text(TEXT).run.operation)
    import_orders(order("#1001", line(quantity=3)))
    with pytest.raises(CannotUndo, match="#1001 was posted again since"):
        undo(undoing)
    assert reload(mug).on_hand == 7


def test_an_undo_is_undone_once_the_lines_are_not_posted_any_more(mug):
    undoing = undo(import_text(TEXT).run.operation)
    undo(import_text(TEXT).run.operation)
    undo(undoing)
    assert reload(mug).on_hand == 6
    assert counts(import_text(TEXT)) == (0, 0, 3, 0)


def test_a_sale_whose_goods_came_back_is_not_taken_back(mug, cup):
    first = import_text(TEXT).run.operation
    import_orders(order("#1001", line(quantity=3), cancelled_at=CANCELLED_AT))
    undoing = undo(first)  # the cup only
    assert (reload(mug).on_hand, reload(cup).on_hand) == (9, 5)
    (row,) = undoing.import_undo.rows.all()
    assert row.outcome == "kept"
    assert row.reasons == ["Order #1001 was cancelled since. Undo that first."]
    assert counts(import_text(TEXT)) == (1, 0, 2, 0)
    assert (reload(mug).on_hand, reload(cup).on_hand) == (9, 4)


def test_a_cancellation_is_not_made_again_after_another(mug):
    import_text(TEXT)
    undoing = undo(import_text(CANCELLED).run.operation)
    import_text(CANCELLED)
    with pytest.raises(CannotUndo, match="came back in another way"):
        undo(undoing)
    assert reload(mug).on_hand == 9


def test_undoing_the_last_first_is_always_possible(mug):
    sale = import_text(TEXT).run.operation
    cancellation = import_text(CANCELLED).run.operation
    undo(cancellation)
    undo(sale)
    assert reload(mug).on_hand == 10
    assert counts(import_text(CANCELLED)) == (0, 0, 2, 0)


def test_check_stock_finds_every_figure_right():
    undo(import_text(TEXT).run.operation)
    import_text(TEXT)
    import_text(CANCELLED)
    call_command("check_stock", stdout=StringIO())


@pytest.fixture
def redone_meanwhile(monkeypatch):
    """Somebody undoes an undo between plan and posting; tell which."""
    undoings: list[Operation] = []

    def finish(planner):
        plan = plain_finish(planner)
        while undoings:
            undo(undoings.pop())
        return plan

    plain_finish = OrderPlanner.finish
    monkeypatch.setattr(OrderPlanner, "finish", finish)
    return undoings


def test_an_undo_that_is_undone_meanwhile_sells_once(mug, redone_meanwhile):
    redone_meanwhile.append(undo(import_text(TEXT).run.operation))
    assert counts(import_text(TEXT)) == (0, 0, 3, 0)
    assert reload(mug).on_hand == 6


def test_twin_that_does_not_look_again_sells_twice(mug, redone_meanwhile, monkeypatch):
    monkeypatch.setattr(orders, "_check_turns", lambda postings: None)
    redone_meanwhile.append(undo(import_text(TEXT).run.operation))
    assert counts(import_text(TEXT)) == (3, 0, 0, 0)
    assert reload(mug).on_hand == 2


def test_a_long_undo_says_before_it_is_tried_what_it_would_post_twice(monkeypatch):
    monkeypatch.setattr(undo_preview, "MOST_LINES", 1)
    undoing = undo(import_text(TEXT).run.operation)
    assert undo_preview.preview_undo(undoing).reasons == ()
    import_text(TEXT)
    assert undo_preview.preview_undo(undoing).reasons == (
        "Order #1001 was posted again since.",
        "Order #1002 was posted again since.",
    )
