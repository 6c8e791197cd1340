"""services.undo_import_preview: the same judgement, and nothing is written."""

from typing import Any

import pytest

from products.models import Operation, Product, ProductChange, StockMovement
from products.services import undo_import_preview
from products.services.undo_import_preview import (
    ImportUndoPreview,
    preview_import_undo,
)
from products.services.undo_verdicts import Outcome
from products.tests.factories import adjust, make_product
from products.tests.importing.files import product
from products.tests.undoing import edit, imported, left, shop_rows, undo

pytestmark = pytest.mark.django_db

KEPT, IMPOSSIBLE, RESTORED = Outcome.KEPT, Outcome.IMPOSSIBLE, Outcome.RESTORED


@pytest.fixture
def operation() -> Operation:
    """S0 was there, and its goods are sold; of the new ones S1 was renamed."""
    make_product(sku="S0", name="Old", stock=1)
    rows = "".join(f"S{n},Mug {n},5\n" for n in range(6))
    operation = imported(f"sku,name,on_hand\n{rows}", sets_stock=True)
    adjust(product("S0"), -5)
    edit(product("S1"), name="Cup")
    return operation


def preview(operation: Operation, shown: Outcome | None = None, page: int = 1) -> Any:
    return preview_import_undo(operation, shown=shown, page=page, size=3)


def skus(shown: ImportUndoPreview) -> list[str]:
    return [row.sku for row in shown.rows]


def counts() -> tuple[int, ...]:
    models = (Operation, Product, ProductChange, StockMovement)
    return tuple(model._default_manager.count() for model in models)


def test_says_what_the_undo_then_does(operation: Operation) -> None:
    seen = preview(operation)
    assert seen.counts == {RESTORED: 4, KEPT: 1, IMPOSSIBLE: 1}
    said = {
        row.sku: (outcome.value, row.reasons)
        for outcome in (KEPT, IMPOSSIBLE)
        for row in preview(operation, outcome).rows
    }
    assert said == left(undo(operation))


def test_leaves_nothing_behind(operation: Operation) -> None:
    before, rows = counts(), shop_rows()
    preview(operation)
    assert counts() == before
    assert shop_rows() == rows


def test_what_needs_attention_is_shown_first(operation: Operation) -> None:
    seen = preview(operation)
    assert (seen.shown, skus(seen)) == (IMPOSSIBLE, ["S0"])


@pytest.mark.parametrize(
    ("page", "shown"),
    [(1, ["S2", "S3", "S4"]), (2, ["S5"]), (9, ["S5"]), (0, ["S2", "S3", "S4"])],
)
def test_pages(operation: Operation, page: int, shown: list[str]) -> None:
    assert skus(preview(operation, RESTORED, page)) == shown


def test_nothing_that_can_be_done() -> None:
    operation = imported("sku,name,on_hand\nA,Mug,5\n")
    adjust(product("A"), -1)
    seen = preview(operation)
    assert not seen.does_something
    assert seen.rows[0].reasons == ["Its stock has moved since: Correction."]


def test_references_of_a_small_import() -> None:
    operation = imported("sku,name,brand\nA,Mug,Nord\nB,Cup,Syd\n")
    make_product(brand=product("A").brand)
    references = preview(operation).references
    assert (references.made, references.going) == (2, 1)
    assert [row.name for row in references.staying] == ["Brand “Nord”"]
    assert Product.objects.count() == 3


def test_references_of_a_large_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_import_preview, "MOST_LINES", 1)
    operation = imported("sku,name,brand\nA,Mug,Nord\nB,Cup,Syd\n")
    references = preview(operation).references
    assert (references.made, references.is_known) == (2, False)


def test_queries(
    operation: Operation, django_assert_max_num_queries: Any, monkeypatch: Any
) -> None:
    with django_assert_max_num_queries(30):
        preview(operation)
