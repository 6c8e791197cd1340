"""reports.figures.storing: one row, written when something has changed."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from products.models import Hold, Operation, Product, ShopFigures
from products.reports.figures import refresh_figures
from products.reports.figures.counting import count_by_index
from products.reports.figures.storing import is_still_true, stored_figures
from products.services.archiving import archive_products
from products.services.expiry import expire_holds
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import adjust, by, make_product, receive

pytestmark = pytest.mark.django_db


def test_what_is_stored_is_what_was_counted(large_shop: Product) -> None:
    receive(make_product(), 3, cost="1.25")
    assert refresh_figures()
    figures = stored_figures(with_cost=True)
    assert figures is not None
    assert figures.as_of is not None
    for name in ("units", "stocked", "skus", "active", "low", "out", "without_cost"):
        assert getattr(figures, name) == getattr(count_by_index(with_cost=True), name)
    assert (figures.value, figures.is_empty) == (Decimal("3.75"), False)


def test_nothing_is_written_while_nothing_changes(large_shop: Product) -> None:
    assert refresh_figures()
    row = ShopFigures.objects.get()
    assert not refresh_figures()
    assert ShopFigures.objects.get().as_of == row.as_of
    assert refresh_figures(anew=True)
    assert ShopFigures.objects.get().as_of > row.as_of


def edit(product: Product) -> None:
    archive_products(product_ids=[product.pk], circumstances=by())


def move(product: Product) -> None:
    adjust(product, -1)


def hold(product: Product) -> None:
    hold_stock(wanted=[Wanted(product.pk, 1)], circumstances=by())


def let_expire(_product: Product) -> None:
    assert expire_holds() == 1


@pytest.mark.parametrize("change", [edit, move, hold, let_expire])
def test_whatever_moves_a_figure_is_seen(
    large_shop: Product, change: Callable[[Product], None]
) -> None:
    past = timezone.now() - timedelta(hours=2)
    hold_stock(
        wanted=[Wanted(large_shop.pk, 2)],
        circumstances=by(now=past),
        expires_at=past + timedelta(hours=1),
    )
    refresh_figures()
    assert is_still_true()
    change(large_shop)
    assert not is_still_true()
    assert refresh_figures()
    assert is_still_true()


def test_a_long_operation_that_ends_after_later_ones_is_seen(
    large_shop: Product,
) -> None:
    adjust(large_shop, 1)
    long = Operation.objects.create(kind="imported", source="import", actor_label="x")
    adjust(large_shop, 1)
    # As others see the shop while the long one is not committed.
    Operation.objects.filter(pk=long.pk).delete()
    refresh_figures()
    assert is_still_true()
    long.save(force_insert=True)
    assert not is_still_true()


def test_a_small_shop_keeps_none(
    large_shop: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh_figures()
    monkeypatch.undo()
    assert refresh_figures()
    assert not ShopFigures.objects.exists()
    assert not refresh_figures()


def test_none_are_stored() -> None:
    assert stored_figures(with_cost=True) is None
    assert not is_still_true()


def test_costs_are_not_read_for_those_who_may_not_see_them(
    large_shop: Product, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    receive(large_shop, 1, cost="7")
    refresh_figures()
    with django_assert_num_queries(1) as queries:
        figures = stored_figures(with_cost=False)
    assert figures is not None
    assert (figures.value, figures.without_cost) == (None, 0)
    (asked,) = queries.captured_queries
    assert "value" not in asked["sql"]
    assert "without_cost" not in asked["sql"]


def test_there_is_one_row(large_shop: Product) -> None:
    refresh_figures()
    row = ShopFigures.objects.get()
    row.pk = 2
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    row.pk = 1
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_open_holds_are_told_from_others(large_shop: Product) -> None:
    hold(large_shop)
    refresh_figures()
    assert ShopFigures.objects.get().open_hold_count == Hold.objects.open().count() == 1
