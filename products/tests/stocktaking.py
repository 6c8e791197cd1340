"""Stocktakes for tests, set up and counted through the services."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from products.models import (
    Location,
    Operation,
    Product,
    StockCount,
    Stocktake,
    StocktakeLine,
)
from products.services.counting import Counted, record_count
from products.services.operations import Author, Circumstances
from products.services.stocktake_applying import apply_stocktake
from products.services.stocktake_results import outcomes_of
from products.services.stocktakes import (
    Plan,
    create_stocktake,
    send_to_review,
    start_stocktake,
)

ALL = {"kind": "all"}


def who(person: Any = "Tess Tester") -> Author:
    """An author by name, or somebody with an account."""
    if isinstance(person, str):
        return Author(person, Operation.Source.SITE)
    return Author.for_user(person, Operation.Source.SITE)


def draft(
    name: str = "", *, location: Location | None = None, **plan: Any
) -> Stocktake:
    place = location or Location.objects.get_default()
    return create_stocktake(
        plan=Plan(
            name=name or f"Count {uuid.uuid4().hex[:6]}",
            location_id=place.pk,
            scope=plan.pop("scope", ALL),
            **plan,
        ),
        author=who(),
    )


def started(*, now: datetime | None = None, **plan: Any) -> Stocktake:
    """A stocktake in counting, of everything unless `scope` says otherwise."""
    return start_stocktake(stocktake_id=draft(**plan).pk, author=who(), now=now)


def count(
    stocktake: Stocktake,
    product: Product | str,
    quantity: int,
    *,
    by: Any = "Tess Tester",
    **details: Any,
) -> StockCount:
    now = details.pop("now", None)
    details.setdefault("key", uuid.uuid4().hex)
    code = product if isinstance(product, str) else product.sku
    return record_count(
        stocktake_id=stocktake.pk,
        count=Counted(code, quantity, **details),
        author=who(by),
        now=now,
    )


def review(stocktake: Stocktake) -> Stocktake:
    return send_to_review(stocktake_id=stocktake.pk)


def apply(stocktake: Stocktake, **circumstances: Any) -> Operation:
    return apply_stocktake(
        stocktake_id=stocktake.pk,
        circumstances=Circumstances(author=who(), **circumstances),
    )


def line_of(stocktake: Stocktake, product: Product) -> StocktakeLine:
    return StocktakeLine.objects.get(stocktake=stocktake, product_id=product.pk)


def outcome_of(stocktake: Stocktake, product: Product) -> Any:
    stocktake.refresh_from_db()
    return next(outcomes_of(stocktake, [line_of(stocktake, product)]))


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)
