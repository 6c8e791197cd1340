"""What holds for every format: planning, applying, repeating, undoing."""

import pytest

from products.errors import KeyReused
from products.importing import run as run_module
from products.importing.planning import Planner
from products.importing.run import ShopChanged
from products.models import ImportRun, Operation, Product, StockMovement
from products.services.editing import update_product
from products.services.undo import undo_operation
from products.tests.factories import by, make_location, make_product, receive
from products.tests.importing.files import (
    counts,
    import_text,
    notes,
    product,
    refused,
)

pytestmark = pytest.mark.django_db

TWO = "sku,name,price,on_hand\nA,Mug,1,5\nB,Cup,2,0\n"


def test_an_import_is_one_operation_with_opening_stock():
    operation = import_text(TWO).run.operation
    assert operation.kind == Operation.Kind.IMPORTED
    assert operation.reference == "shop.csv"
    assert operation.actor_label == "Tess Tester"
    movement = operation.movements.get()
    assert (movement.kind, movement.delta) == (StockMovement.Kind.OPENING, 5)
    assert operation.changes.count() == 2


def test_the_record_of_the_run_says_what_file_it_was():
    run = import_text(TWO).run
    assert ImportRun.objects.get() == run
    assert (run.file_name, run.size, run.encoding) == ("shop.csv", len(TWO), "utf-8")
    assert (run.delimiter, run.format, len(run.sha256)) == (",", "native", 64)
    assert run.rows.get(record=2).sku == "A"


def test_the_second_import_changes_nothing_and_makes_no_operation():
    import_text(TWO)
    outcome = import_text(TWO)
    assert counts(outcome) == (0, 0, 2, 0)
    assert outcome.run.operation is None


def test_a_dry_run_writes_nothing_and_says_the_same():
    make_product(sku="B", name="Jug")
    dry = import_text(TWO, is_dry_run=True)
    assert not Product.objects.filter(sku="A").exists()
    assert not ImportRun.objects.exists()
    assert counts(dry) == counts(import_text(TWO)) == (1, 1, 0, 0)


def test_stock_of_a_product_that_exists_is_left_alone():
    receive(make_product(sku="A", name="Mug"), 9)
    import_text(TWO)
    assert product("A").on_hand == 9


def test_stock_is_set_as_a_difference_when_that_is_asked():
    mug = make_product(sku="A", name="Mug", price=1)
    receive(mug, 9)
    outcome = import_text(TWO, sets_stock=True)
    movement = StockMovement.objects.get(operation=outcome.run.operation, product=mug)
    assert (movement.delta, movement.balance_after) == (-4, 5)
    (_place, before, difference), *_others = outcome.run.rows.get(record=2).plan[
        "stock"
    ]
    assert (before, difference) == (9, -4)
    assert counts(import_text(TWO, sets_stock=True)) == (0, 0, 2, 0)


def test_the_chosen_location_takes_the_stock():
    back = make_location(code="BACK")
    import_text(TWO, location=back)
    assert product("A").levels.get().location == back


def test_a_negative_quantity_comes_in_as_zero_and_is_noted():
    receive(make_product(sku="B", name="Cup"), 2)
    outcome = import_text("sku,name,on_hand\nA,Mug,-3\nB,Cup,-1\n", sets_stock=True)
    assert [product("A").on_hand, product("B").on_hand] == [0, 0]
    assert [note for _, _, note in notes(outcome)] == [
        "-3 can't be stock. It comes in with 0 on hand.",
        "-1 can't be stock. It comes in with 0 on hand.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "sku,name,cost,on_hand\nA,Mug,999999999,999999\n",
        "sku,cost\nOLD,999999999\n",
        "sku,on_hand\nDEAR,999999999\n",
    ],
)
def test_stock_worth_more_than_the_books_hold_is_refused(text):
    make_product(sku="OLD", stock=999_999)
    make_product(sku="DEAR", stock=1, cost=999_999)
    outcome = import_text(text + "B,Cup,1,1\n", sets_stock=True)
    assert refused(outcome)[0][2].startswith("Stock at this cost is worth more")


def test_a_cost_that_becomes_known_values_the_stock():
    mug = make_product(sku="A", name="Mug", stock=4)
    import_text("sku,cost\nA,2.50\n")
    assert mug.levels.get().value == 10


def test_a_cost_that_changes_values_nothing_anew():
    """So there is nothing that could be worth too much."""
    make_product(sku="OLD", stock=999_999, cost=1)
    assert counts(import_text("sku,cost\nOLD,999999999\n")) == (0, 1, 0, 0)
    assert product("OLD").levels.get().value == 999_999


def test_the_same_key_gives_the_first_answer():
    first = import_text(TWO, key="one")
    again = import_text(TWO, key="one")
    assert again.run == first.run
    assert Operation.objects.filter(kind=Operation.Kind.IMPORTED).count() == 1


def test_a_form_that_was_imported_while_this_one_planned_is_not_listed_twice(
    monkeypatch,
):
    first = import_text(TWO, key="one")
    answers = iter([None])
    find = run_module.find_repeated
    monkeypatch.setattr(
        run_module, "find_repeated", lambda once: next(answers, find(once))
    )
    assert import_text(TWO, key="one").run == first.run
    assert ImportRun.objects.count() == 1


def test_the_same_key_with_another_file_is_refused():
    import_text(TWO, key="one")
    with pytest.raises(KeyReused):
        import_text("sku,name\nC,Jug\n", key="one")


def test_a_change_after_the_plan_was_made_is_planned_anew(monkeypatch):
    mug = make_product(sku="A", name="Mug", price=9)
    meanwhile = [mug]

    def finish_late(planner):
        plan = plain_finish(planner)
        if meanwhile:
            update_product(
                product_id=meanwhile.pop().pk,
                changes={"name": "Blue mug"},
                seen_version=1,
                circumstances=by(),
            )
        return plan

    plain_finish = Planner.finish
    monkeypatch.setattr(Planner, "finish", finish_late)
    outcome = import_text("sku,price\nA,1\n")
    assert counts(outcome) == (0, 1, 0, 0)
    assert (product("A").name, product("A").price) == ("Blue mug", 1)


def test_a_shop_that_never_holds_still_is_left_as_it_is(monkeypatch):
    make_product(sku="A", name="Mug", price=9)

    def finish_late(planner):
        plan = plain_finish(planner)
        Product.objects.filter(sku="B").delete()
        make_product(sku="B")
        return plan

    plain_finish = Planner.finish
    monkeypatch.setattr(Planner, "finish", finish_late)
    monkeypatch.setattr(run_module, "ATTEMPTS", 1)
    with pytest.raises(ShopChanged):
        import_text(TWO)
    assert product("A").price == 9
    assert not ImportRun.objects.exists()


def test_an_import_can_be_undone():
    make_product(sku="A", name="Mug", price=9, stock=2)
    outcome = import_text(TWO, sets_stock=True)
    undo_operation(operation_id=outcome.run.operation_id, circumstances=by())
    assert (product("A").price, product("A").on_hand) == (9, 2)
    assert not Product.objects.filter(sku="B").exists()


def test_queries_do_not_grow_with_the_rows(django_assert_max_num_queries):
    def rows(tag, count):
        lines = (f"{tag}{n},Mug,{n},K > {n % 3},Brand,1" for n in range(count))
        return "sku,name,price,category,brand,on_hand\n" + "\n".join(lines)

    with django_assert_max_num_queries(76):
        import_text(rows("A", 20))
    with django_assert_max_num_queries(92):
        import_text(rows("B", 200))


def test_a_product_that_two_records_find_takes_the_first():
    make_product(sku="A", barcode="4006381333931")
    outcome = import_text("sku,barcode,price\nA,4006381333931,1\n,4006381333931,2\n")
    assert [record for record, *_why in refused(outcome)] == [3]
    assert product("A").price == 1


def test_the_row_of_a_renamed_product_has_its_new_name():
    make_product(sku="A", name="Mug")
    assert import_text("sku,name\nA,Cup\n").run.rows.get().name == "Cup"
