"""reports.stock_check.transfers: what is on the way follows from the open transfers."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.models import StockLevel, Transfer, TransferLine
from products.reports.stock_check import check_stock
from products.services.transfer_lines import Arrival
from products.tests.damage import write_raw
from products.tests.factories import make_location, make_product, receive
from products.tests.reports.stock_check.histories import checks, found
from products.tests.transfers import cancel, draft, only_line, sent
from products.tests.transfers import receive as receive_transfer

pytestmark = pytest.mark.django_db(transaction=True)


def goods(stock: int = 10):
    return make_product(stock=stock, cost=Decimal("2.50"))


class TestOnTheWay:
    def test_every_state_is_sound(self):
        product = goods()
        draft((product, 9))
        sent((product, 1))
        receive_transfer(sent((product, 3)), Arrival(1))
        receive_transfer(sent((product, 1)), Arrival(1))
        cancel(sent((product, 1)))
        assert check_stock().ok

    @pytest.mark.parametrize(
        "values", [{"quantity": 3}, {"received": 1}, {"lost": 1}, {"value": Decimal(9)}]
    )
    def test_line(self, values):
        sent((goods(), 4))
        product = goods()
        line = only_line(sent((product, 4)))
        TransferLine.objects.filter(pk=line.pk).update(**values)
        assert checks() == {"on_the_way"}
        assert found("on_the_way") == (product.sku, "TRANSIT", None)

    def test_transfer_that_ended_by_itself(self):
        product = goods()
        Transfer.objects.filter(pk=sent((product, 4)).pk).update(state="received")
        assert found("on_the_way") == (product.sku, "TRANSIT", None)

    def test_goods_that_nobody_sent(self):
        product = goods()
        receive(product, 2, location=make_location("ROAD", "Road", kind="transit"))
        assert checks() == {"on_the_way"}
        assert found("on_the_way") == (product.sku, "ROAD", None)

    def test_level_that_is_gone(self):
        sent((goods(), 4))
        product = goods()
        sent((product, 4))
        StockLevel.objects.filter(product=product).delete()
        assert found("on_the_way") == (product.sku, "TRANSIT", None)

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="others refuse such text")
    @pytest.mark.parametrize("column", ["value", "product_id"])
    def test_column_that_holds_no_number(self, column):
        product = goods()
        line = only_line(sent((product, 4)))
        write_raw(TransferLine, line.pk, **{column: "'much'"})
        assert found("readable")[0] == product.sku

    def test_same_number_of_queries_for_one_and_for_many(
        self, django_assert_num_queries
    ):
        sent((goods(), 4))
        with CaptureQueriesContext(connection) as one:
            check_stock()
        for _number in range(20):
            sent((goods(), 4))
        with django_assert_num_queries(len(one)):
            assert check_stock().ok
