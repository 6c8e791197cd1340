"""reports.figures.day_storing: each day once, when it is over."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from products.models import DayFigures, Product
from products.reports.figures import day_storing
from products.reports.figures.day_storing import refresh_days, wrong_days
from products.reports.moments import end_of_day
from products.reports.stock_totals import stock_totals
from products.tests.factories import adjust, by, make_product, receive

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 20, 12, tzinfo=UTC)
TODAY = date(2026, 6, 20)


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def ago(days: float) -> datetime:
    return NOON - timedelta(days=days)


@pytest.fixture
def product() -> Product:
    """Ten units since 12 days ago, worth 2.50 each; two fewer since three days ago."""
    made = make_product(circumstances=by(now=ago(12)))
    receive(made, 10, cost="2.50", circumstances=by(now=ago(12)))
    adjust(made, -2, now=ago(3))
    return made


def units() -> dict[int, int | None]:
    """Of so many days ago."""
    rows = DayFigures.objects.order_by("day")
    return {(TODAY - row.day).days: row.units for row in rows}


def test_each_day_of_the_shop_has_its_figures(product: Product) -> None:
    assert refresh_days()
    assert units() == {back: 8 if back <= 3 else 10 for back in range(1, 13)}
    row = DayFigures.objects.get(day=TODAY - timedelta(days=12))
    assert (row.value, row.skus, row.low, row.out) == (Decimal(25), 1, 0, 0)
    assert row.ends_at == end_of_day(row.day)


def test_days_agree_with_the_report_of_any_date(product: Product) -> None:
    refresh_days()
    for row in DayFigures.objects.all():
        overall = stock_totals(row.ends_at).overall
        assert (row.units, row.value) == (overall.units, overall.value)


def test_thirty_days_at_most() -> None:
    make_product(stock=4, circumstances=by(now=ago(90)))
    refresh_days()
    assert units() == dict.fromkeys(range(1, 31), 4)


def test_nothing_is_done_while_all_is_there(product: Product) -> None:
    refresh_days()
    adjust(product, 1)
    assert not refresh_days()


def test_an_empty_shop_and_one_of_today_have_none() -> None:
    assert not refresh_days()
    make_product(stock=4)
    assert not refresh_days()
    assert not DayFigures.objects.exists()


def test_a_new_day_is_added(product: Product, noon: time_machine.Traveller) -> None:
    refresh_days()
    adjust(product, -1)
    noon.shift(timedelta(days=2))
    adjust(product, -1)
    assert refresh_days()
    assert units()[0] == units()[-1] == 7
    assert units()[1] == 8


def test_what_is_dated_back_changes_no_past_day(product: Product) -> None:
    refresh_days()
    receive(product, 90, circumstances=by(effective_at=ago(5)))
    DayFigures.objects.all().delete()
    refresh_days()
    assert units()[1] == 8


def test_a_day_is_counted_once_more_when_it_is_settled(
    product: Product, noon: time_machine.Traveller
) -> None:
    """What began before midnight may be written after it."""
    midnight = datetime(2026, 6, 21, tzinfo=timezone.get_default_timezone())
    noon.move_to(midnight + timedelta(minutes=1))
    assert refresh_days()
    adjust(product, -3, now=midnight - timedelta(minutes=1))
    assert not refresh_days()
    assert units()[0] == 8
    noon.move_to(midnight + timedelta(minutes=61))
    assert refresh_days()
    assert units()[0] == 5
    assert not refresh_days()


def test_days_end_where_the_shop_is(product: Product) -> None:
    adjust(product, -1, now=datetime(2026, 6, 19, 23, 30, tzinfo=UTC))
    with timezone.override("UTC"):
        refresh_days()
        assert units()[1] == 7
    with timezone.override(ZoneInfo("Europe/Athens")):
        assert refresh_days()  # the days of another zone are counted anew
        assert units()[1] == 8


def test_too_much_leaves_a_gap(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_product(circumstances=by(now=ago(9)))
    for back in range(9, 3, -1):
        adjust(other, 1, now=ago(back))
    monkeypatch.setattr(day_storing, "MOST", 3)
    assert refresh_days()
    known = {1: 14, 2: 14, 3: 14, 4: 16, 5: 15, 6: 14}
    assert units() == dict.fromkeys(range(1, 13)) | known
    assert not refresh_days()  # it is not tried again and again


def test_a_wrong_day_is_named_and_mended(product: Product) -> None:
    refresh_days()
    day = TODAY - timedelta(days=2)
    assert not list(wrong_days())
    DayFigures.objects.filter(day=day).update(units=9, low=1)
    assert list(wrong_days()) == [(day, "units", 9, 8), (day, "low", 1, 0)]
    assert refresh_days(anew=True)
    assert units()[2] == 8


def test_what_is_too_long_ago_stays_as_it_was(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh_days()
    before = units()
    monkeypatch.setattr(day_storing, "MOST", 0)
    refresh_days(anew=True)
    assert units() == before
    assert not list(wrong_days())


def test_two_at_once_write_it_once(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one stores between our look and our write."""
    count = day_storing.count_days

    def meanwhile(*args: object, **kwargs: object) -> object:
        monkeypatch.setattr(day_storing, "count_days", count)
        assert refresh_days()
        return count(*args, **kwargs)

    monkeypatch.setattr(day_storing, "count_days", meanwhile)
    assert refresh_days()
    assert len(units()) == 12
