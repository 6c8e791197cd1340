"""reports.stock_check.whole: guards, transfers, undo, ids, the default location."""

from contextlib import contextmanager

import pytest
from django.db import connection, models, transaction

from products.models import Location, Operation, Product, StockMovement
from products.models.guards import drop_guards
from products.reports.stock_check import check_stock
from products.services.deleting import delete_product
from products.services.ledger import post
from products.services.lines import Line
from products.services.operations import start_operation
from products.tests.factories import adjust, by, make_location
from products.tests.reports.stock_check.histories import checks, found, make_history

pytestmark = pytest.mark.django_db(transaction=True)
Kind = StockMovement.Kind


class TestTheWhole:
    @pytest.mark.parametrize("event", ["update", "delete"])
    def test_missing_trigger(self, event):
        drop_guards(connection, events=(event,))
        (problem,) = check_stock().problems
        assert problem.check == "guard"
        assert f"products_stockmovement_no_{event}" in problem.detail

    def test_no_default_location(self):
        Location.objects.update(is_default=False)
        assert checks() == {"default_location"}

    def test_transfer_that_loses_stock(self):
        product, van = make_history(), make_location("VAN", "Van")
        main = Location.objects.get_default().pk
        operation, _new = start_operation(Operation.Kind.STOCK_ADJUSTED, by())
        with transaction.atomic():
            out, _arrived = post(
                operation,
                [
                    Line(product.pk, main, Kind.TRANSFER_OUT, delta=-5),
                    Line(product.pk, van.pk, Kind.TRANSFER_IN, delta=4),
                ],
            )
        assert checks() == {"transfer"}
        assert found("transfer") == (product.sku, "MAIN", out.pk)

    def test_transfer_that_arrives(self):
        product, van = make_history(), make_location("VAN", "Van")
        main = Location.objects.get_default().pk
        operation, _new = start_operation(Operation.Kind.STOCK_ADJUSTED, by())
        lines = [
            Line(product.pk, main, Kind.TRANSFER_OUT, delta=-5),
            Line(product.pk, van.pk, Kind.TRANSFER_IN, delta=5),
        ]
        with transaction.atomic():
            post(operation, lines)
        assert check_stock().ok

    def test_undone_before_it_was_done(self):
        earlier = adjust(make_history(), 1)
        later = adjust(make_history(), 1)
        Operation.objects.filter(pk=earlier.pk).update(reverses=later)
        assert checks() == {"reversal"}

    def test_undone_twice(self):
        first = adjust(make_history(), 1)
        with without_unique_reversal():
            undoings = [adjust(make_history(), 1).pk for _number in range(2)]
            Operation.objects.filter(pk__in=undoings).update(reverses=first)
            (problem,) = check_stock().problems
            Operation.objects.filter(pk__in=undoings).update(reverses=None)
        assert problem.check == "reversal"
        assert str(first.pk) in problem.detail

    def test_product_id_that_could_come_again(self):
        gone = make_history()
        delete_product(product_id=gone.pk, circumstances=by())
        restart_product_ids()
        assert found("product_id") == (gone.sku, None, None)


@contextmanager
def without_unique_reversal():
    """Give the column the index of a plain foreign key for a while."""
    unique = Operation._meta.get_field("reverses")
    plain = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    plain.set_attributes_from_name("reverses")
    plain.model, plain.remote_field.model = Operation, Operation
    with connection.schema_editor() as editor:
        editor.alter_field(Operation, unique, plain)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(Operation, plain, unique)


def restart_product_ids():
    table = Product._meta.db_table
    statements = {
        "sqlite": f"UPDATE sqlite_sequence SET seq = 0 WHERE name = '{table}'",
        "postgresql": f"ALTER SEQUENCE {table}_id_seq RESTART WITH 1",
        "mysql": f"ALTER TABLE {table} AUTO_INCREMENT = 1",
    }
    with connection.cursor() as cursor:
        cursor.execute(statements[connection.vendor])
