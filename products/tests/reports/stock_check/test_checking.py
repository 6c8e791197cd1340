"""reports.stock_check: says yes to a sound shop, at one moment, in few queries."""

import pytest

from products.models import Operation, StockMovement
from products.models.reading import one_moment
from products.reports.stock_check import check_stock
from products.services.deleting import delete_product
from products.services.ledger_head import ledger_head
from products.services.undo import undo_operation
from products.tests.concurrency.racing import race
from products.tests.factories import adjust, by, make_location, receive
from products.tests.reports.stock_check.histories import make_history

pytestmark = pytest.mark.django_db


class TestSoundShops:
    def test_empty(self):
        result = check_stock()
        assert result.ok
        assert (result.products, result.levels, result.movements) == (0, 0, 0)

    def test_history_at_two_places_with_deleted_and_undone(self):
        make_history()
        van = make_location("VAN", "Van")
        receive(make_history(), 7, location=van)
        gone, back = make_history(), make_history()
        delete_product(product_id=gone.pk, circumstances=by())
        deletion = delete_product(product_id=back.pk, circumstances=by())
        undo_operation(operation_id=deletion.pk, circumstances=by())
        result = check_stock()
        assert result.problems == ()
        assert (result.products, result.levels) == (3, 4)
        assert result.movements == StockMovement.objects.count()

    def test_head_is_that_of_the_ledger_and_moves_with_it(self):
        product = make_history()
        before = check_stock().head
        assert before == ledger_head()
        adjust(product, 1)
        assert check_stock().head == ledger_head() != before

    def test_progress_is_told(self):
        make_history()
        told = []
        check_stock(progress=lambda *step: told.append(step))
        assert told[-1][1:] == (7, 7)

    def test_queries_do_not_grow(self, django_assert_max_num_queries):
        for _number in range(5):
            make_history()
        with django_assert_max_num_queries(22):
            check_stock()


@pytest.mark.django_db(transaction=True)
class TestOneMoment:
    def test_sees_one_moment_while_others_write(self):
        product = make_history()
        with one_moment():
            before = check_stock()
            (answer,) = race(lambda _number: adjust(product, 1), 1)
            assert isinstance(answer, Operation), "the reader must not stop the writer"
            assert check_stock() == before
        assert check_stock().movements == before.movements + 1
