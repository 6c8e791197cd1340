"""The stored figures of a large shop: read by every dashboard, written by few."""

from dataclasses import asdict, fields
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from products.models import ShopFigures
from products.models.reading import one_moment
from products.reports.figures.counting import count_by_index, is_large
from products.reports.figures.facts import Figures
from products.reports.figures.state import ShopState, shop_state
from products.reports.stored import as_stored, to_decimal

COSTS = ("without_cost", "value")
STORED = [field.name for field in fields(Figures) if field.name != "is_empty"]


def stored_figures(*, with_cost: bool) -> Figures | None:
    """Return the figures stored last, however old; None without any. One query.

    Without `with_cost` neither value nor costs are read.
    """
    for found in _rows(with_cost=with_cost).all():
        value = to_decimal(found.pop("stored", None))
        return Figures(**{"without_cost": 0, **found}, value=value, is_empty=False)
    return None


@cache
def _rows(*, with_cost: bool) -> "QuerySet[ShopFigures, Any]":
    """Return what to read, made once: most of the time it takes is making it."""
    names = [name for name in STORED if name not in COSTS]
    rows: QuerySet[ShopFigures, Any] = ShopFigures.objects.order_by()
    if with_cost:
        rows = rows.values(*names, "without_cost", stored=as_stored("value"))
    else:
        rows = rows.values(*names)
    return rows[:1]


def is_still_true() -> bool:
    """Return whether nothing has moved the stored figures since; four queries."""
    return ShopFigures.objects.filter(**asdict(shop_state())).exists()


def refresh_figures(*, anew: bool = False) -> bool:
    """Store the figures of now if something has moved them; return whether it did.

    Works them out in any case with `anew`. A small shop has none: what is stored is
    taken away. No locks while counting; one short write.
    """
    if not is_large():
        return bool(ShopFigures.objects.exists() and ShopFigures.objects.all().delete())
    with one_moment():
        if not anew and is_still_true():
            return False
        moment = timezone.now()
        state = shop_state()
        figures = count_by_index(with_cost=True)
    _store(asdict(figures) | {"as_of": moment}, state)
    return True


@transaction.atomic
def _store(figures: dict[str, object], state: ShopState) -> None:
    """Two at once: the later one stays, and the next look sees whether it is true."""
    row = {name: figures[name] for name in STORED} | asdict(state)
    if not ShopFigures.objects.update(**row):
        ShopFigures.objects.bulk_create([ShopFigures(**row)], ignore_conflicts=True)
