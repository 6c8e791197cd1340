"""reports.figures.answering: which figures a page shows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from products.models import Product, ShopFigures
from products.reports.figures import (
    Figures,
    answering,
    counting,
    refresh_figures,
    shop_figures,
)
from products.tests.factories import adjust, make_product, receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> list[Figures]:
    """What was counted by index since."""
    done: list[Figures] = []

    def count(*, with_cost: bool) -> Figures:
        done.append(counting.count_by_index(with_cost=with_cost))
        return done[-1]

    monkeypatch.setattr(answering, "count_by_index", count)
    return done


def make_old(by: timedelta = timedelta(minutes=5)) -> None:
    ShopFigures.objects.update(as_of=timezone.now() - by)


def test_a_small_shop_is_counted_for_each_page(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    product = make_product(stock=10)
    with django_assert_num_queries(2):
        assert shop_figures(with_cost=True).units == 10
    adjust(product, -1)
    figures = shop_figures(with_cost=True)
    assert (figures.units, figures.as_of) == (9, None)


def test_a_large_one_reads_what_is_stored(
    large_shop: Product, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    refresh_figures()
    adjust(large_shop, -1)
    shop_figures(with_cost=True)
    with django_assert_num_queries(1):
        figures = shop_figures(with_cost=True)
    assert figures.units == 10
    assert figures.as_of == ShopFigures.objects.get().as_of


@pytest.mark.parametrize("age", [timedelta(minutes=5), timedelta(minutes=-5)])
def test_what_is_stored_is_true_while_nothing_moved(
    large_shop: Product, counts: list[Figures], age: timedelta
) -> None:
    refresh_figures()
    make_old(by=age)
    before = timezone.now()
    figures = shop_figures(with_cost=True)
    assert figures.as_of is not None
    assert before <= figures.as_of <= timezone.now()
    assert not counts


def test_what_is_old_is_counted_once(
    large_shop: Product,
    counts: list[Figures],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    refresh_figures()
    adjust(large_shop, -1)
    make_old()
    first = shop_figures(with_cost=True)
    with django_assert_num_queries(1):
        second = shop_figures(with_cost=True)
    assert first == second
    assert (first.units, len(counts)) == (9, 1)
    assert ShopFigures.objects.get().units == 10  # a page writes nothing


def test_without_any_the_page_counts_once(
    large_shop: Product, counts: list[Figures]
) -> None:
    assert shop_figures(with_cost=True) == shop_figures(with_cost=True)
    assert len(counts) == 1
    assert not ShopFigures.objects.exists()


def test_what_is_stored_goes_before_what_is_kept(large_shop: Product) -> None:
    assert shop_figures(with_cost=True).units == 10
    adjust(large_shop, -1)
    refresh_figures()
    assert shop_figures(with_cost=True).units == 9


def test_kept_figures_grow_old(
    large_shop: Product, counts: list[Figures], monkeypatch: pytest.MonkeyPatch
) -> None:
    shop_figures(with_cost=True)
    adjust(large_shop, -1)
    monkeypatch.setattr(answering, "RECENT", timedelta(0))
    assert shop_figures(with_cost=True).units == 9
    assert len(counts) == 2


@pytest.fixture
def somebody_counts() -> None:
    cache.add("products.figures.claim.all", 1)


def test_the_others_show_what_is_kept(
    large_shop: Product, counts: list[Figures], somebody_counts: None
) -> None:
    old = replace(counting.count_by_index(with_cost=True), units=7)
    old = replace(old, as_of=timezone.now() - timedelta(minutes=5))
    cache.set("products.figures.kept.all", old)
    assert shop_figures(with_cost=True) == old
    assert not counts


def test_the_others_show_what_is_stored(
    large_shop: Product, counts: list[Figures], somebody_counts: None
) -> None:
    refresh_figures()
    adjust(large_shop, -1)
    make_old()
    assert shop_figures(with_cost=True).units == 10
    assert not counts


def test_the_others_count_where_there_is_nothing(
    large_shop: Product, somebody_counts: None
) -> None:
    assert shop_figures(with_cost=True).units == 10


def test_whoever_fails_leaves_no_claim(
    large_shop: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_which: bool) -> Figures:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(answering, "count_by_index", fail)
        with pytest.raises(RuntimeError):
            shop_figures(with_cost=True)
    make_product(stock=1)
    assert shop_figures(with_cost=True).units == 11


def test_what_is_kept_for_some_holds_no_costs_for_others(large_shop: Product) -> None:
    receive(large_shop, 1, cost="7")
    assert shop_figures(with_cost=True).value == 7
    figures = shop_figures(with_cost=False)
    assert (figures.value, figures.without_cost, figures.units) == (None, 0, 11)


def test_a_shop_that_became_small_is_counted_for_each_page(
    large_shop: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh_figures()
    assert shop_figures(with_cost=True).as_of
    monkeypatch.undo()
    cache.delete(answering.IS_LARGE)  # it lasts a minute
    assert shop_figures(with_cost=True).as_of is None


def test_a_shop_that_became_large_says_when(
    monkeypatch: pytest.MonkeyPatch, counts: list[Figures]
) -> None:
    make_product()
    assert shop_figures(with_cost=True).as_of is None
    monkeypatch.setattr(counting, "LARGE", 2)
    make_product()
    figures = shop_figures(with_cost=True)
    assert figures.as_of
    assert figures.skus == 2


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_too(large_shop: Product) -> None:
    """As on a server: counting opens one of its own, from one moment and to read."""
    assert shop_figures(with_cost=True).units == 10
    cache.clear()
    assert refresh_figures()
    assert not refresh_figures()
    make_old()
    assert shop_figures(with_cost=True).units == 10
    assert refresh_figures(anew=True)
