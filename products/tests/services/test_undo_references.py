"""services.undo_references: what an import made beside products goes and comes back."""

import pytest

from products.models import (
    Brand,
    Category,
    Location,
    MadeReference,
    Operation,
    ProductGroup,
    RemovedReference,
)
from products.tests.factories import make_location, make_product, receive
from products.tests.importing.files import product
from products.tests.undoing import imported, shop_rows, undo

pytestmark = pytest.mark.django_db

TEXT = "sku,name,category,brand,group,option1\nA,Mug,Kitchen > Mugs,Nord,mug,Red\n"


def left(undoing: Operation) -> list[tuple[str, list[str]]]:
    rows = undoing.import_undo.rows.filter(product=None)
    return [(row.name, row.reasons) for row in rows]


def test_they_go_with_the_products_and_come_back_under_their_ids() -> None:
    empty = shop_rows()
    operation = imported(TEXT)
    full = shop_rows()
    undoing = undo(operation)
    assert shop_rows() == empty
    assert undoing.removed_references.count() == 4
    again = undo(undoing)
    assert shop_rows() == full
    undo(again)
    assert shop_rows() == empty
    undo(Operation.objects.latest("pk"))
    assert shop_rows() == full


def test_what_was_there_before_stays() -> None:
    Category.objects.create(name="Kitchen")
    brand = Brand.objects.create(name="nord")
    undo(imported(TEXT))
    assert Category.objects.get().name == "Kitchen"
    assert Brand.objects.get() == brand


def test_what_another_product_uses_stays_and_is_told() -> None:
    operation = imported(TEXT)
    made = product("A")
    make_product(category=made.category, brand=made.brand)
    undoing = undo(operation)
    assert sorted(left(undoing)) == [
        ("Brand “Nord”", ["Something uses it, so it stays."]),
        ("Category “Kitchen”", ["Something uses it, so it stays."]),
        ("Category “Mugs”", ["Something uses it, so it stays."]),
    ]
    assert not ProductGroup.objects.exists()


def test_a_category_somebody_put_something_into_stays() -> None:
    operation = imported(TEXT)
    Category.objects.create(name="Tea", parent=Category.objects.get(name="Mugs"))
    undo(operation)
    assert Category.objects.count() == 3


@pytest.mark.parametrize("was_used", [False, True])
def test_a_location_stays_where_stock_ever_was(was_used: bool) -> None:
    other = make_product()
    operation = imported(TEXT)
    back = make_location()
    MadeReference.objects.create(
        operation=operation, kind="location", object_id=back.pk
    )
    if was_used:
        receive(other, 1, location=back)
    undoing = undo(operation)
    assert Location.objects.filter(pk=back.pk).exists() is was_used
    assert len(left(undoing)) == was_used
    undo(undoing)
    assert Location.objects.get(pk=back.pk).code == "BACK"


def test_a_name_that_was_taken_meanwhile_stands_for_the_old_one() -> None:
    undoing = undo(imported(TEXT))
    kitchen = Category.objects.create(name="kitchen")
    brand = Brand.objects.create(name="NORD")
    undo(undoing)
    mug = product("A")
    assert mug.brand == brand
    assert mug.category
    assert (mug.category.name, mug.category.parent) == ("Mugs", kitchen)


def test_a_parent_that_is_gone_leaves_its_category_at_the_root() -> None:
    kitchen = Category.objects.create(name="Kitchen")
    undoing = undo(imported(TEXT))
    assert RemovedReference.objects.filter(kind="category").count() == 1
    kitchen.delete()
    undo(undoing)
    category = product("A").category
    assert category
    assert category.parent is None
