from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from products.models import Location, Product, StockMovement
from products.reports import history as history_module
from products.reports.history import DAYS, History, on_hand_history
from products.services.stock import adjust_stock
from products.tests.factories import (
    by,
    make_location,
    make_product,
    place_of,
    receive,
    reload,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("noon"),
]
NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)


@pytest.fixture
def noon() -> None:
    with time_machine.travel(NOON, tick=False):
        yield


def move(product: Product, delta: int, *, days_ago: float, **kwargs: object) -> None:
    adjust_stock(
        place=place_of(product, **kwargs),
        kind=StockMovement.Kind.CORRECTION,
        delta=delta,
        circumstances=by(now=NOON - timedelta(days=days_ago)),
    )


def history_of(product: Product, **kwargs: int) -> History:
    on_hand = reload(product).on_hand
    return on_hand_history(product.pk, on_hand=on_hand, **kwargs)


def balances(history: History) -> list[tuple[str, int]]:
    return [(f"{at:%d %b %H:%M}", balance) for at, balance in history.points]


def test_the_last_movement_closes_the_day() -> None:
    product = make_product()
    move(product, 10, days_ago=2)
    move(product, -3, days_ago=1.2)
    move(product, 5, days_ago=1.1)
    assert balances(history_of(product, days=3)) == [
        ("10 Mar 00:00", 0),
        ("10 Mar 12:00", 10),
        ("11 Mar 09:36", 12),
    ]


def test_starts_with_what_was_there_before_the_first_day() -> None:
    product = make_product()
    move(product, 10, days_ago=200)
    move(product, -4, days_ago=1)
    assert balances(history_of(product)) == [
        ("13 Nov 00:00", 10),
        ("11 Mar 12:00", 6),
    ]


def test_stock_that_did_not_move_is_a_level_line() -> None:
    product = make_product()
    move(product, 10, days_ago=200)
    assert balances(history_of(product)) == [("13 Nov 00:00", 10)]


def test_nothing_ever_moved() -> None:
    assert history_of(make_product()).points == []


def test_all_stock_locations_and_no_lorry() -> None:
    product = make_product()
    back = make_location()
    move(product, 10, days_ago=1)
    move(product, 5, days_ago=1, location=back)
    receive(product, 7, location=make_location("R", "R", kind=Location.Kind.TRANSIT))
    assert balances(history_of(product, days=1)) == [("12 Mar 00:00", 15)]


def test_days_are_the_shops_own(settings: Settings) -> None:
    settings.TIME_ZONE = "Asia/Kolkata"
    with timezone.override("Asia/Kolkata"):
        product = make_product()
        move(product, 10, days_ago=1)
        move(product, 1, days_ago=0.7)  # 19:12 in UTC, after midnight in Kolkata
        history = history_of(product, days=2)
    assert [balance for _at, balance in history.points] == [0, 10, 11]
    assert history.since == datetime(2026, 3, 10, 18, 30, tzinfo=UTC)


def test_two_queries_and_a_point_a_day_however_much_moved(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    product = make_product()
    for hour in range(200):
        move(product, 1, days_ago=20 - hour / 10)
    with django_assert_num_queries(2):
        history = on_hand_history(product.pk, on_hand=200)
    assert len(history.points) == 22
    assert len(history.points) <= DAYS + 1


class TestMuchMoved:
    """Of what moves all day, some balances are looked up."""

    @pytest.fixture(autouse=True)
    def few(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(history_module, "MOST", 3)

    def test_a_point_every_third_day(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        product = make_product()
        move(product, 100, days_ago=200)
        for days_ago in (8.2, 8.1, 5, 2, 1, 0.1):
            move(product, -1, days_ago=days_ago)
        with django_assert_num_queries(2):
            history = on_hand_history(product.pk, on_hand=94, days=9)
        assert balances(history) == [
            ("04 Mar 00:00", 100),
            ("07 Mar 00:00", 98),
            ("10 Mar 00:00", 97),
            ("12 Mar 12:00", 94),
        ]

    def test_all_stock_locations_and_no_lorry(self) -> None:
        product = make_product()
        back = make_location()
        for days_ago in (4, 3.5, 3, 2.5):
            move(product, 10, days_ago=days_ago)
        move(product, 5, days_ago=1, location=back)
        lorry = make_location("R", "R", kind=Location.Kind.TRANSIT)
        receive(product, 7, location=lorry, circumstances=by(now=NOON))
        history = history_of(product, days=5)
        assert [balance for _at, balance in history.points] == [0, 40, 45]

    def test_what_rests_now_is_read_one_by_one(self) -> None:
        product = make_product()
        for days_ago in (300, 299, 298, 297, 296):
            move(product, 1, days_ago=days_ago)
        move(product, -2, days_ago=1)
        assert balances(history_of(product)) == [
            ("13 Nov 00:00", 5),
            ("11 Mar 12:00", 3),
        ]
