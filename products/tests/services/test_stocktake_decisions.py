"""services.stocktake_decisions: confirm, count again, leave out."""

import pytest

from products.errors import FieldRefused, NothingToPost, WrongState
from products.models import StockCount, Stocktake
from products.services.stocktake_decisions import ask_recount, confirm_lines, leave_out
from products.tests.factories import adjust, make_product, reload
from products.tests.stocktaking import (
    apply,
    count,
    line_of,
    outcome_of,
    review,
    started,
    who,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    return make_product(sku="MUG", stock=10)


@pytest.fixture
def stocktake(product):
    """In review, with a variance of four in ten."""
    stocktake = started(threshold_percent=5)
    count(stocktake, product, 6)
    return review(stocktake)


def confirm(stocktake, product, note="looked twice"):
    return confirm_lines(
        stocktake_id=stocktake.pk,
        line_ids=[line_of(stocktake, product).pk],
        note=note,
        author=who("Ada"),
    )


def again(stocktake, product):
    line = line_of(stocktake, product)
    return ask_recount(stocktake_id=stocktake.pk, line_ids=[line.pk])


class TestConfirm:
    def test_settles_the_variance_and_says_who_and_why(self, stocktake, product):
        assert confirm(stocktake, product) == 1
        line = line_of(stocktake, product)
        assert (line.note, line.confirmed_by_label) == ("looked twice", "Ada")
        assert line.confirmed_at is not None
        assert outcome_of(stocktake, product).need is None

    @pytest.mark.parametrize("note", ["", "  ", "x" * 201])
    def test_takes_a_note(self, stocktake, product, note):
        with pytest.raises(FieldRefused) as refusal:
            confirm(stocktake, product, note)
        assert list(refusal.value.errors) == ["note"]
        assert outcome_of(stocktake, product).need == "variance"

    def test_does_not_make_the_impossible_possible(self, stocktake, product):
        adjust(product, -8)
        assert outcome_of(stocktake, product).need == "below_zero"
        with pytest.raises(FieldRefused, match="MUG can't be confirmed"):
            confirm(stocktake, product)

    def test_takes_back_a_recount_that_did_not_come(self, stocktake, product):
        again(stocktake, product)
        review(stocktake)
        confirm(stocktake, product)
        outcome = outcome_of(stocktake, product)
        assert (outcome.counted, outcome.need) == (6, None)

    def test_lines_of_another_stocktake_are_none(self, stocktake):
        with pytest.raises(NothingToPost):
            confirm_lines(
                stocktake_id=stocktake.pk, line_ids=[99], note="x", author=who()
            )


class TestRecount:
    def test_opens_the_counting_again_and_keeps_the_first_count(
        self, stocktake, product
    ):
        again(stocktake, product)
        stocktake.refresh_from_db()
        assert stocktake.state == Stocktake.State.COUNTING
        assert line_of(stocktake, product).round == 2
        assert StockCount.objects.get().quantity == 6

    def test_counts_only_the_new_round(self, stocktake, product):
        again(stocktake, product)
        count(stocktake, product, 9, by="Somebody else")
        assert outcome_of(stocktake, product).counted == 9


class TestLeaveOut:
    def test_leaves_the_stock_as_it_is(self, stocktake, product):
        line = line_of(stocktake, product)
        leave_out(stocktake_id=stocktake.pk, line_ids=[line.pk], note="in use")
        outcome = outcome_of(stocktake, product)
        assert (outcome.counted, outcome.need) == (None, None)
        assert line_of(stocktake, product).note == "in use"
        with pytest.raises(NothingToPost):
            apply(stocktake)
        assert reload(product).on_hand == 10

    def test_not_where_uncounted_becomes_zero(self, product):
        stocktake = started(sets_uncounted_to_zero=True)
        count(stocktake, product, 6)
        line = line_of(review(stocktake), product)
        with pytest.raises(FieldRefused, match="becomes zero"):
            leave_out(stocktake_id=stocktake.pk, line_ids=[line.pk], note="x")


@pytest.mark.parametrize("decide", [confirm, again])
def test_only_in_review(product, decide):
    stocktake = started()
    with pytest.raises(WrongState):
        decide(stocktake, product)
