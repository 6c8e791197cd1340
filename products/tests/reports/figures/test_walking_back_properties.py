"""Random histories: each past day is what the dashboard said when that day ended."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from products.errors import InventoryError
from products.models import Hold, Location, Operation, Product
from products.reports.figures.counting import count_at_once
from products.reports.figures.walking_back import PastFigures, figures_at
from products.services.archiving import archive_products
from products.services.deleting import delete_product
from products.services.editing import update_product
from products.services.expiry import expire_holds
from products.services.goods import Received, receive_goods
from products.services.operations import Circumstances
from products.services.reservations import (
    Wanted,
    fulfil_holds,
    hold_stock,
    release_holds,
    renew_holds,
)
from products.services.stock import Place, adjust_stock
from products.services.undo import undo_operation
from products.tests.factories import by, make_location, make_product

pytestmark = pytest.mark.django_db

START = timezone.now() - timedelta(days=60)
HOUR = timedelta(hours=1)
names = st.sampled_from(
    [
        *("receive", "take", "hold", "end", "sell", "renew"),
        *("edit", "archive", "delete", "undo"),
    ]
)
# What, how many, the product, the location, hours since the step before, hours late.
steps = st.tuples(
    names,
    st.integers(0, 30),
    st.integers(0, 2),
    st.integers(0, 2),
    st.integers(0, 40),
    st.just(0) | st.integers(1, 100),
)


class Shop:
    """Three products at two places and on the road, and what may be done to them."""

    def __init__(self) -> None:
        made = by(now=START)
        self.places = [
            Location.objects.get_default(),
            make_location(),
            make_location("ROAD", "On the road", kind=Location.Kind.TRANSIT),
        ]
        self.products = [
            make_product(stock=5, cost=Decimal("1.37"), circumstances=made),
            make_product(reorder_point=4, circumstances=made),
            make_product(stock=2, reorder_point=3, circumstances=made),
        ]

    def do(self, name: str, number: int, pk: int, place: int, given: Any) -> None:
        circumstances: Circumstances = given
        now = circumstances.now or START
        if name in {"receive", "take", "undo"}:
            self.move(name, number, Place(pk, self.places[place].pk), circumstances)
        elif name == "archive":
            archive_products(product_ids=[pk], circumstances=by(now=now))
        elif name == "delete":
            delete_product(product_id=pk, circumstances=by(now=now))
        elif name == "edit":
            self.edit(pk, number, now)
        else:
            self.hold(name, number, pk, circumstances)

    def move(
        self, name: str, number: int, place: Place, circumstances: Circumstances
    ) -> None:
        if name == "receive":
            receive_goods(
                lines=[Received(place.product_id, number + 1, Decimal(number) / 7)],
                location_id=place.location_id,
                circumstances=circumstances,
            )
        elif name == "take":
            adjust_stock(
                place=place,
                kind="sold",
                delta=-number - 1,
                circumstances=circumstances,
            )
        else:
            done = list(Operation.objects.order_by("pk").values_list("pk", flat=True))
            undo_operation(
                operation_id=done[number % len(done)],
                circumstances=by(now=circumstances.now),
            )

    def hold(
        self, name: str, number: int, pk: int, circumstances: Circumstances
    ) -> None:
        now = circumstances.now or START
        holds = list(Hold.objects.order_by("pk").values_list("pk", flat=True))
        one = [holds[number % len(holds)]] if holds else []
        until = now + number * HOUR if number else None
        if name == "hold":
            hold_stock(
                wanted=[Wanted(pk, number % 5 + 1)],
                circumstances=by(now=now),
                expires_at=until,
            )
        elif name == "end":
            release_holds(hold_ids=one, circumstances=by(now=now))
        elif name == "sell":
            fulfil_holds(hold_ids=one, circumstances=circumstances)
        else:
            renew_holds(hold_ids=one, expires_at=until, circumstances=by(now=now))

    def edit(self, pk: int, number: int, now: datetime) -> None:
        product = Product.objects.filter(pk=pk).first()
        if product:
            changes = {
                "reorder_point": number or None,
                "status": Product.Status.values[number % 3],
            }
            update_product(
                product_id=pk,
                changes=changes,
                seen_version=product.version,
                circumstances=by(now=now),
            )


def said_now() -> PastFigures:
    said = count_at_once(with_cost=True)
    return PastFigures(said.units, said.value, said.skus, said.low, said.out)


def live(shop: Shop, history: Sequence[Any]) -> dict[datetime, PastFigures]:
    """Do what can be done; return what the figures were before each step."""
    now = START + HOUR
    said: dict[datetime, PastFigures] = {}
    for name, number, product, place, gap, late in history:
        now += gap * HOUR + timedelta(minutes=7)
        moment = now - timedelta(minutes=1)
        expire_holds(now=moment)
        said[moment] = said_now()
        effective_at = now - late * HOUR if late else None
        circumstances = by(now=now, effective_at=effective_at)
        pk = shop.products[product].pk
        try:
            with transaction.atomic():
                shop.do(name, number, pk, place, circumstances)
        except InventoryError:
            continue
    return said


@settings(max_examples=60)
@given(history=st.lists(steps, min_size=3, max_size=25))
def test_a_past_day_is_what_was_said_then(history: Sequence[Any]) -> None:
    with transaction.atomic():
        said = live(Shop(), history)
        moments = sorted(said, reverse=True)
        found = figures_at(moments, now=timezone.now(), most=10_000)
        assert dict(zip(moments, found, strict=True)) == said
        transaction.set_rollback(True)  # the next example starts with an empty shop
