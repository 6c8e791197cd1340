"""Nothing is done with a number that can't be read: it is said which one it is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from products.errors import NeedsDecision, Unreadable
from products.models import ImportRun, Product, StockLevel, StockMovement
from products.models.damage import Damaged, fits
from products.models.guards import drop_guards
from products.models.shapes import REPORT, SCOPE
from products.services.deleting import delete_product
from products.services.stocktake_judging import Need
from products.services.stocktake_results import outcomes_of
from products.services.undo_preview import preview_undo
from products.tests.factories import adjust, by, make_product, reload
from products.tests.spoiling import Spoil, spoil
from products.tests.stocktaking import apply, count, review, started

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="others refuse the value"),
]
VALUES = [
    ("products_stocklevel", "value", "dear"),
    ("products_stocklevel", "on_hand", "many"),
    ("products_product", "cost", "NaN"),
    ("products_stockcount", "quantity", "many"),
    ("products_stockcount", "counted_at", "2026-99-99 10:00:00"),
]
PLAIN = [int, bool, abs, len, iter]
OPERATORS: list[Callable[[Any], object]] = [
    lambda it: it + 1,
    lambda it: 1 - it,
    lambda it: -it,
    lambda it: it < 1,
    lambda it: it[0],
    lambda it: it.get("a"),
]


@pytest.fixture
def product() -> Product:
    return make_product(sku="MUG", stock=10, cost=2)


@pytest.mark.parametrize(("table", "column", "value"), VALUES)
def test_count_is_not_applied(
    product: Product, table: str, column: str, value: str
) -> None:
    stocktake = started(name="Shelf B")
    count(stocktake, product, 8)
    stocktake = review(stocktake)
    spoil(Spoil(table, (column,), value))
    lines = stocktake.lines.all()
    assert [one.need for one in outcomes_of(stocktake, lines)] == [Need.UNREADABLE]
    with pytest.raises(NeedsDecision):
        apply(stocktake)
    assert StockMovement.objects.count() == 1


@pytest.mark.parametrize(
    ("column", "value"), [("delta", "many"), ("effective_at", "2026-99-99 10:00:00")]
)
def test_count_before_a_spoilt_movement(
    product: Product, column: str, value: str
) -> None:
    stocktake = started(name="Shelf B")
    count(stocktake, product, 8)
    adjust(product, -1)
    stocktake = review(stocktake)
    drop_guards(connection)
    spoil(Spoil("products_stockmovement", (column,), value))
    with pytest.raises(NeedsDecision):
        apply(stocktake)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("value", "many"),
        ("on_hand", "many"),
        ("on_hand", -7),
        ("reserved", -7),
        ("last_sequence", "many"),
    ],
)
def test_movement_is_not_posted(product: Product, column: str, value: object) -> None:
    spoil(Spoil("products_stocklevel", (column,), value))
    with pytest.raises(Unreadable, match="check_stock"):
        adjust(product, -1)
    assert StockMovement.objects.count() == 1


@pytest.mark.parametrize(
    ("column", "value"), [("value", "many"), ("on_hand", "many"), ("on_hand", -7)]
)
def test_undo_says_why_not(product: Product, column: str, value: object) -> None:
    operation = StockMovement.objects.get().operation
    spoil(Spoil("products_stocklevel", (column,), value))
    (reason,) = preview_undo(operation).reasons
    assert "stock level" in reason


def test_undo_of_a_spoilt_movement(product: Product) -> None:
    drop_guards(connection)
    spoil(Spoil("products_stockmovement", ("delta",), "many"))
    (reason,) = preview_undo(StockMovement.objects.get().operation).reasons
    assert "stock movement: change" in reason


def test_damaged_is_shown_but_never_stored(product: Product) -> None:
    spoil(Spoil("products_stocklevel", ("on_hand",), "many"))
    level = StockLevel.objects.get()
    assert str(level.on_hand) == "–"
    with pytest.raises(Unreadable):
        level.save()
    with pytest.raises(Unreadable):
        assert level.available


@pytest.mark.parametrize("use", [*PLAIN, *OPERATORS])
def test_damaged_is_not_reckoned_with(use: Callable[[Any], object]) -> None:
    with pytest.raises(Unreadable, match="stock level: on hand"):
        use(Damaged(StockLevel._meta.get_field("on_hand")))


def test_product_without_a_time_is_not_deleted(product: Product) -> None:
    """The trail could not bring it back."""
    spoil(Spoil("products_product", ("created_at",), "2026-99-99 10:00:00"))
    with pytest.raises(Unreadable, match="product"):
        delete_product(product_id=product.pk, circumstances=by())
    assert Product.objects.exists()


def test_unknown_state_of_an_import() -> None:
    with pytest.raises(Unreadable):
        assert ImportRun(pk=5, state="unheard").step


@pytest.mark.parametrize(
    ("value", "shape", "is_right"),
    [
        ({"kind": "all"}, SCOPE, True),
        ({"kind": "shelves", "from": "B", "to": ""}, SCOPE, True),
        ({"kind": "shelves", "from": "B"}, SCOPE, False),
        ({"kind": "listed", "skus": ["A", 5]}, SCOPE, False),
        ({"kind": "moon"}, SCOPE, False),
        ([], SCOPE, False),
        ({}, REPORT, True),
        ({"header": ["SKU"], "seconds": 0.1}, REPORT, True),
        ({"header": "SKU"}, REPORT, False),
        ({"brands": {"count": 1}}, REPORT, False),
        (None, REPORT, False),
    ],
)
def test_shape(value: object, shape: object, is_right: bool) -> None:
    assert fits(value, shape) == is_right


def test_reading_goes_on_after_it(product: Product) -> None:
    """Only the spoilt column of the spoilt row is damaged."""
    other = make_product(sku="CUP", stock=3)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE products_stocklevel SET shelf = 'B', last_sequence = 'many'"
            " WHERE product_id = %s",
            [product.pk],
        )
    assert [it.on_hand for it in StockLevel.objects.order_by("product__pk")] == [10, 3]
    adjust(other, -1)
    assert reload(other).on_hand == 2
