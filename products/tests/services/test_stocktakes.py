"""services.stocktakes: draft, counting, review, cancelled."""

from decimal import Decimal

import pytest

from products.errors import (
    DocumentGone,
    FieldRefused,
    InvalidLine,
    NothingToPost,
    WrongState,
)
from products.models import Location, Stocktake, StocktakeLine
from products.services.catalogue import add_products
from products.services.stocktakes import (
    cancel_stocktake,
    reopen_stocktake,
    send_to_review,
    start_stocktake,
)
from products.tests.factories import by, make_location, make_product
from products.tests.stocktaking import count, draft, started, who

pytestmark = pytest.mark.django_db

State = Stocktake.State


def state_of(stocktake: Stocktake) -> str:
    return Stocktake.objects.get(pk=stocktake.pk).state


class TestCreate:
    def test_is_a_blind_draft_without_lines(self):
        make_product(stock=3)
        made = draft("Shelf B", threshold_percent=10, threshold_value=Decimal(50))
        assert (made.state, made.is_blind) == (State.DRAFT, True)
        assert not made.sets_uncounted_to_zero
        assert made.created_by_label == "Tess Tester"
        assert not StocktakeLine.objects.exists()

    def test_same_plan_again_is_the_same_draft(self):
        assert draft("Shelf B") == draft("Shelf B")
        assert Stocktake.objects.count() == 1

    def test_name_of_an_open_stocktake_is_taken(self):
        make_product(stock=1)
        started(name="Shelf B")
        with pytest.raises(FieldRefused) as refusal:
            draft("Shelf B")
        assert list(refusal.value.errors) == ["name"]

    def test_name_of_a_closed_one_is_free(self):
        cancel_stocktake(stocktake_id=draft("Shelf B").pk)
        draft("Shelf B")
        assert Stocktake.objects.count() == 2

    @pytest.mark.parametrize(
        ("plan", "field"),
        [
            ({"threshold_percent": 1001}, "threshold_percent"),
            ({"threshold_value": Decimal(-1)}, "threshold_value"),
            ({"name": "  "}, "name"),
            ({"name": "x" * 121}, "name"),
            ({"scope": {"kind": "moon"}}, "kind"),
        ],
        ids=str,
    )
    def test_refuses(self, plan, field):
        with pytest.raises(FieldRefused) as refusal:
            draft(**plan)
        assert field in refusal.value.errors or "__all__" in refusal.value.errors
        assert not Stocktake.objects.exists()

    @pytest.mark.parametrize(
        "place", [{"kind": Location.Kind.TRANSIT}, {"is_active": False}], ids=str
    )
    def test_refuses_a_place_where_nobody_counts(self, place):
        with pytest.raises(FieldRefused):
            draft(location=make_location(**place))


class TestStart:
    def test_writes_the_lines_down(self):
        product = make_product(stock=3)
        stocktake = started()
        assert stocktake.state == State.COUNTING
        assert stocktake.started_at is not None
        line = StocktakeLine.objects.get()
        assert (line.product_id, line.sku, line.is_open) == (
            product.pk,
            product.sku,
            True,
        )

    def test_only_a_draft_is_started(self):
        make_product(stock=3)
        stocktake = started()
        with pytest.raises(WrongState):
            start_stocktake(stocktake_id=stocktake.pk, author=who())
        assert StocktakeLine.objects.count() == 1

    def test_refuses_products_another_one_holds_and_names_them(self):
        product = make_product(sku="MUG", stock=3)
        make_product(stock=3)
        started(name="Shelf B", scope={"kind": "listed", "skus": [product.sku]})
        with pytest.raises(InvalidLine, match=r"MUG \(“Shelf B”\)"):
            started()
        assert StocktakeLine.objects.count() == 1

    def test_another_location_is_free(self):
        back = make_location()
        make_product(stock=3)
        make_product(stock=3, location=back)
        started()
        assert started(location=back).lines.count() == 1

    def test_closed_one_holds_nothing(self):
        make_product(stock=3)
        cancel_stocktake(stocktake_id=started().pk)
        assert started().lines.count() == 1

    def test_nothing_to_count(self):
        with pytest.raises(NothingToPost):
            started()

    def test_brand_that_is_gone(self):
        make_product(stock=1)
        stocktake = draft()
        Stocktake.objects.update(scope={"kind": "brand", "brand": 7})
        with pytest.raises(FieldRefused):
            start_stocktake(stocktake_id=stocktake.pk, author=who())

    def test_statements_do_not_grow_with_the_lines(self, django_assert_num_queries):
        from products.models import Product
        from products.services.catalogue import Opening

        place = Location.objects.get_default().pk
        many = [Product(sku=f"P{n}", name="Mug", price=1) for n in range(40)]
        openings = {n: [Opening(1, place)] for n in range(40)}
        add_products(products=many, circumstances=by(), openings=openings)
        stocktake = draft()
        with django_assert_num_queries(10):
            start_stocktake(stocktake_id=stocktake.pk, author=who())
        assert stocktake.lines.count() == 40

    def test_unknown(self):
        with pytest.raises(DocumentGone):
            start_stocktake(stocktake_id=99, author=who())


class TestSteps:
    def test_review_and_back(self):
        make_product(stock=3)
        stocktake = started()
        assert send_to_review(stocktake_id=stocktake.pk).state == State.REVIEW
        assert reopen_stocktake(stocktake_id=stocktake.pk).state == State.COUNTING

    @pytest.mark.parametrize("step", [send_to_review, reopen_stocktake])
    def test_from_a_draft(self, step):
        with pytest.raises(WrongState):
            step(stocktake_id=draft().pk)

    def test_cancel_keeps_the_counts_and_frees_the_products(self):
        product = make_product(stock=3)
        stocktake = started()
        count(stocktake, product, 2)
        cancelled = cancel_stocktake(stocktake_id=stocktake.pk)
        assert (cancelled.state, cancelled.closed_at is not None) == ("cancelled", True)
        line = stocktake.lines.get()
        assert line.is_open is None
        assert line.counts.get().quantity == 2
        with pytest.raises(WrongState, match="cancelled"):
            cancel_stocktake(stocktake_id=stocktake.pk)
        assert state_of(stocktake) == State.CANCELLED
