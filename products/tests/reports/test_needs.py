"""reports.needs: what needs somebody today."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from products.models import ImportRun, Operation, Stocktake
from products.reports.needs import MOST, Kind, Need, needs_of
from products.services.reservations import Wanted, hold_stock, release_holds
from products.tests.factories import by, make_location, make_product
from products.tests.transfers import sent

pytestmark = pytest.mark.django_db

ALL = set(Kind)
State = ImportRun.State


def needs(**figures: int) -> list[Need]:
    return needs_of(ALL, **({"low": 0, "out": 0} | figures))


def make_run(name: str = "prices.csv", *, days: int = 0, **fields: Any) -> ImportRun:
    moment = timezone.now() - timedelta(days=days)
    given = {"state": State.APPLIED, "created_at": moment, "size": 1} | fields
    return ImportRun.objects.create(file_name=name, actor_label="Ada", **given)


def test_nothing_needs_anybody() -> None:
    assert needs() == []


def test_what_is_low_or_out_comes_first() -> None:
    make_run(refused_count=2)
    assert [need.kind for need in needs(low=14, out=9)] == ["out", "low", "refused"]
    assert needs(low=14)[0] == Need(Kind.LOW, 14)


def test_one_query_and_none_for_those_who_may_do_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_run(refused_count=2)
    with django_assert_num_queries(1):
        assert needs()
    with django_assert_num_queries(0):
        assert needs_of(set(), low=3, out=3) == []
        assert needs_of({Kind.OUT}, low=3, out=3) == [Need(Kind.OUT, 3)]


def test_only_what_somebody_may_see_to() -> None:
    make_run(refused_count=2)
    make_run("new.csv", state=State.PLANNED)
    found = needs_of({Kind.PREVIEW, Kind.HOLD}, low=1, out=1)
    assert [need.kind for need in found] == [Kind.PREVIEW]


class TestCounts:
    @pytest.fixture(autouse=True)
    def place(self) -> None:
        self.location = make_location()

    def make(self, who: str = "Ada", state: str = "counting") -> Stocktake:
        return Stocktake.objects.create(
            name="Spring", location=self.location, created_by_label=who, state=state
        )

    def test_one_is_named_with_whose_it_is(self) -> None:
        one = self.make()
        self.make(state="applied")
        self.make(state="cancelled")
        assert needs() == [Need(Kind.COUNT, 1, one.pk, "Ada")]

    def test_several_of_one_person(self) -> None:
        self.make()
        self.make(state="review")
        assert needs() == [Need(Kind.COUNT, 2, None, "Ada")]

    def test_several_of_several(self) -> None:
        self.make()
        self.make("Zoe", state="draft")
        assert needs() == [Need(Kind.COUNT, 2)]


def test_transfers_wait_and_may_be_late() -> None:
    make_location()
    first = sent((make_product(stock=9), 2))
    assert needs() == [Need(Kind.TRANSFER, 1, first.pk)]
    first.sent_at = timezone.now() - timedelta(days=8)
    first.save(update_fields=["sent_at"])
    assert needs() == [Need(Kind.TRANSFER, 1, first.pk, is_late=True)]
    sent((make_product(stock=9), 2))
    assert needs() == [Need(Kind.TRANSFER, 2, is_late=True)]


def test_holds_that_end_within_a_day() -> None:
    product = make_product(stock=9)
    now = timezone.now()
    for hours in (2, 23, 30, None):
        hold_stock(
            wanted=[Wanted(product.pk, 1)],
            circumstances=by(),
            expires_at=now + timedelta(hours=hours) if hours else None,
        )
    hold_stock(
        wanted=[Wanted(product.pk, 1)],
        circumstances=by(now=now - timedelta(hours=3)),
        expires_at=now - timedelta(hours=1),
    )
    (need,) = needs()
    assert (need.kind, need.number) == (Kind.HOLD, 2)
    release_holds(hold_ids=[product.holds.earliest("pk").pk], circumstances=by())
    assert needs()[0].number == 1


def test_many_are_counted_to_a_limit() -> None:
    place = make_location()
    Stocktake.objects.bulk_create(
        Stocktake(name="Shelf", location=place, created_by_label="Ada")
        for _ in range(MOST + 5)
    )
    assert needs()[0].number == MOST + 1


class TestImports:
    def test_refused_rows_are_added_up(self) -> None:
        one = make_run(refused_count=2)
        assert needs() == [Need(Kind.REFUSED, 2, one.pk)]
        make_run("stock.csv", refused_count=3)
        assert needs() == [Need(Kind.REFUSED, 5)]

    def test_after_two_weeks_they_are_let_be(self) -> None:
        make_run(refused_count=2, days=15)
        assert needs() == []

    @pytest.mark.parametrize("name", ["prices.csv", "prices-refused.csv"])
    def test_a_later_import_of_the_same_deals_with_them(self, name: str) -> None:
        make_run(refused_count=2, days=1)
        make_run(name)
        assert needs() == []

    def test_an_earlier_one_does_not(self) -> None:
        make_run("prices-refused.csv", days=2)
        one = make_run(refused_count=2, days=1)
        assert needs() == [Need(Kind.REFUSED, 2, one.pk)]

    def test_what_was_undone_is_over(self) -> None:
        done = Operation.objects.create(kind="imported", source="import")
        Operation.objects.create(kind="undone", source="site", reverses=done)
        make_run(refused_count=2, operation=done)
        assert needs() == []

    def test_previews_wait(self) -> None:
        one = make_run(state=State.PLANNED, refused_count=4)
        make_run("gone.csv", state=State.DISCARDED, refused_count=4)
        assert needs() == [Need(Kind.PREVIEW, 1, one.pk)]
        make_run("odd.csv", state=State.COLUMNS)
        assert needs() == [Need(Kind.PREVIEW, 2)]
