"""models.guards: history can't be edited or deleted, and a missing guard is named."""

import pytest
from django.db import DatabaseError, connection, transaction

from products.models import Closing, DocumentChange, ProductChange, StockMovement
from products.models.guards import drop_guards, install_guards, missing_guards
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import by, make_product

pytestmark = pytest.mark.django_db
COLUMNS = {
    StockMovement: "sku",
    ProductChange: "sku",
    DocumentChange: "document",
    Closing: "reason",
}


@pytest.fixture
def rows():
    product = make_product(stock=3)
    hold = hold_stock(wanted=[Wanted(product.pk, 1)], circumstances=by())
    return {
        StockMovement: product.movements.all(),
        ProductChange: product.changes.all(),
        DocumentChange: hold.document_changes.all(),
        Closing: Closing.objects.all(),
    }


@pytest.mark.parametrize(("model", "column"), COLUMNS.items())
def test_update_is_refused(rows, model, column):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows[model].update(**{column: "hold"})


@pytest.mark.parametrize("model", COLUMNS)
def test_delete_is_refused(rows, model):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_missing_guards_are_named_and_put_back():
    assert missing_guards(connection) == []
    drop_guards(connection, events=("update",))
    assert missing_guards(connection) == [
        "products_stockmovement_no_update",
        "products_productchange_no_update",
        "products_documentchange_no_update",
        "products_closing_no_update",
    ]
    install_guards(connection)
    assert missing_guards(connection) == []
