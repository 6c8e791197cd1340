"""What the demo shop has counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from products.demo.counting import Teller
from products.models import Location, Product, StockMovement, Stocktake
from products.services.shelves import assign_shelves
from products.tests.factories import by, make_product, place_of

pytestmark = pytest.mark.django_db

NOW = timezone.now()
BEFORE = NOW - timedelta(minutes=30)


@pytest.fixture
def shop() -> None:
    """Two aisles with nine products each, and one that is nearly out."""
    for aisle in "AB":
        for number in range(9):
            product = make_product(
                stock=40, reorder_point=5, circumstances=by(now=BEFORE)
            )
            assign_shelves(shelves={place_of(product): f"{aisle}-0{number}"})
    low = make_product(
        sku="LOW", stock=2, reorder_point=2, circumstances=by(now=BEFORE)
    )
    assign_shelves(shelves={place_of(low): "A-02"})


def tell() -> None:
    teller = Teller(["Ann", "Bo", "Cy"], since=BEFORE, now=NOW)
    teller.count_goods(Location.objects.get_default().pk)


def test_one_is_applied_with_differences_and_one_is_being_counted(shop: None) -> None:
    tell()
    counting, applied = Stocktake.objects.all()
    assert (applied.state, counting.state) == ("applied", "counting")
    differences = applied.lines.exclude(difference=0).count()
    assert 0 < differences == StockMovement.objects.filter(kind="counted").count()
    assert applied.lines.filter(difference=0).exists()
    assert counting.lines.filter(counts__isnull=False).count() == 4
    assert counting.lines.filter(counts__isnull=True).count() == 5


def test_nothing_runs_low_by_it(shop: None) -> None:
    tell()
    assert Product.objects.get(sku="LOW").on_hand == 2
    assert Product.objects.exclude(stock_status="in_stock").count() == 1


def test_everything_happened_before_now(shop: None) -> None:
    tell()
    assert StockMovement.objects.latest("recorded_at").recorded_at < NOW
    for stocktake in Stocktake.objects.all():
        assert BEFORE < stocktake.started_at < NOW


def test_shop_without_shelves_counts_nothing() -> None:
    make_product(stock=3)
    tell()
    assert not Stocktake.objects.exists()
