"""services.counting: each count once, with the moment it was made."""

from datetime import timedelta

import pytest
from django.utils import timezone

from products.errors import DocumentGone, FieldRefused, KeyReused, WrongState
from products.models import MAX_QUANTITY, StockCount
from products.services.counting import void_count
from products.services.deleting import delete_product
from products.services.stocktake_decisions import confirm_lines
from products.services.stocktakes import reopen_stocktake
from products.tests.factories import by, make_product
from products.tests.stocktaking import (
    apply,
    count,
    line_of,
    minutes,
    outcome_of,
    review,
    started,
    who,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def product():
    return make_product(sku="MUG", barcode="4006381333931", stock=10)


@pytest.fixture
def stocktake(product):
    return started(now=NOW - minutes(60))


class TestRecord:
    def test_keeps_who_where_and_how_many(self, stocktake, product, clerk):
        made = count(stocktake, product, 4, shelf=" B-1 ", by=clerk)
        assert (made.quantity, made.shelf, made.counted_by) == (4, "B-1", clerk)
        assert made.counted_by_label == "Carl Clerk"

    def test_by_barcode_or_sku(self, stocktake):
        assert (
            count(stocktake, "4006381333931", 1).line == count(stocktake, "mug", 1).line
        )

    def test_shelves_add_up(self, stocktake, product):
        count(stocktake, product, 4, shelf="A")
        count(stocktake, product, 3, shelf="B")
        assert outcome_of(stocktake, product).counted == 7

    def test_zero_is_a_count(self, stocktake, product):
        count(stocktake, product, 0)
        assert outcome_of(stocktake, product).difference == -10

    @pytest.mark.parametrize("sent", [0, -1, MAX_QUANTITY + 1])
    def test_quantities(self, stocktake, product, sent):
        if sent == 0:
            assert count(stocktake, product, sent).quantity == 0
            return
        with pytest.raises(FieldRefused) as refusal:
            count(stocktake, product, sent)
        assert list(refusal.value.errors) == ["quantity"]

    @pytest.mark.parametrize("shelf", ["x" * 41, "a\0b"])
    def test_no_shelf_code(self, stocktake, product, shelf):
        with pytest.raises(FieldRefused):
            count(stocktake, product, 1, shelf=shelf)

    @pytest.mark.parametrize("code", ["nope", "", "a\0b", "x" * 500])
    def test_unknown_code(self, stocktake, code):
        with pytest.raises(FieldRefused) as refusal:
            count(stocktake, code, 1)
        assert list(refusal.value.errors) == ["code"]


class TestMoment:
    def test_is_now_less_the_age(self, stocktake, product):
        made = count(stocktake, product, 1, age=minutes(5), now=NOW)
        assert (made.counted_at, made.recorded_at) == (NOW - minutes(5), NOW)

    def test_never_before_the_stocktake_began(self, stocktake, product):
        made = count(stocktake, product, 1, age=timedelta(400), now=NOW)
        assert made.counted_at == stocktake.started_at

    def test_never_in_the_future(self, stocktake, product):
        assert count(stocktake, product, 1, age=-minutes(9), now=NOW).counted_at == NOW


class TestOnce:
    def test_same_key_is_the_same_count(self, stocktake, product):
        first = count(stocktake, product, 4, key="one")
        assert count(stocktake, product, 4, key="one", age=minutes(3)) == first
        assert StockCount.objects.count() == 1

    def test_also_after_the_counting(self, stocktake, product):
        first = count(stocktake, product, 10, key="one")
        apply(review(stocktake))
        assert count(stocktake, product, 10, key="one") == first

    def test_key_of_another_count(self, stocktake, product):
        count(stocktake, product, 4, key="one")
        with pytest.raises(KeyReused):
            count(stocktake, product, 5, key="one")

    def test_key_of_another_product(self, stocktake, product):
        count(stocktake, product, 4, key="one")
        with pytest.raises(KeyReused):
            count(stocktake, make_product(), 4, key="one")
        assert StockCount.objects.count() == 1

    def test_code_that_nobody_has_any_more(self, stocktake, product):
        first = count(stocktake, product, 4, key="one")
        delete_product(product_id=product.pk, circumstances=by())
        assert count(stocktake, product.sku, 4, key="one") == first

    def test_not_counted_any_more(self, stocktake, product):
        review(stocktake)
        with pytest.raises(WrongState, match="review"):
            count(stocktake, product, 4)


class TestOutsideTheScope:
    def test_is_added(self, stocktake):
        other = make_product(sku="NEW")
        count(stocktake, other, 2)
        assert line_of(stocktake, other).is_open
        assert outcome_of(stocktake, other).difference == 2

    def test_not_what_another_stocktake_holds(self, stocktake):
        other = make_product(sku="NEW")
        started(name="Other", scope={"kind": "listed", "skus": ["NEW"]})
        with pytest.raises(FieldRefused, match="another open count"):
            count(stocktake, other, 2)
        assert not StockCount.objects.exists()


class TestTakenBack:
    def test_counts_no_longer_and_stays(self, stocktake, product):
        count(stocktake, product, 4)
        second = count(stocktake, product, 3)
        void_count(count_id=second.pk)
        void_count(count_id=second.pk)  # the second click
        assert outcome_of(stocktake, product).counted == 4
        assert StockCount.objects.get(pk=second.pk).is_void

    def test_last_one_makes_it_uncounted(self, stocktake, product):
        void_count(count_id=count(stocktake, product, 4).pk)
        assert outcome_of(stocktake, product).counted is None

    def test_not_after_the_counting(self, stocktake, product):
        made = count(stocktake, product, 4)
        review(stocktake)
        with pytest.raises(WrongState):
            void_count(count_id=made.pk)

    def test_unknown(self):
        with pytest.raises(DocumentGone):
            void_count(count_id=99)


@pytest.mark.parametrize("change", ["another count", "taken back"])
def test_new_figures_need_a_new_confirmation(product, change):
    stocktake = started(threshold_percent=5)
    first = count(stocktake, product, 4)
    count(stocktake, product, 2)
    review(stocktake)
    line = line_of(stocktake, product)
    confirm_lines(
        stocktake_id=stocktake.pk, line_ids=[line.pk], note="looked", author=who()
    )
    assert outcome_of(stocktake, product).need is None
    reopen_stocktake(stocktake_id=stocktake.pk)
    if change == "another count":
        count(stocktake, product, 1)
    else:
        void_count(count_id=first.pk)
    assert outcome_of(stocktake, product).need == "variance"
