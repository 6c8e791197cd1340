"""The stored figures of a large shop: read by every dashboard, written by few."""

from collections.abc import Sequence
from dataclasses import asdict, fields

from django.db import transaction
from django.utils import timezone

from inventory_site.statements import Prepared
from products.models import ShopFigures
from products.models.reading import one_moment
from products.models.stored import as_stored, to_decimal
from products.reports.figures.counting import count_by_index, is_large
from products.reports.figures.facts import Figures
from products.reports.figures.state import ShopState, shop_state

COSTS = ("without_cost", "value")
STORED = [field.name for field in fields(Figures) if field.name != "is_empty"]


def _prepared(names: Sequence[str]) -> tuple[Sequence[str], Prepared]:
    columns = (as_stored(name) if name == "value" else name for name in names)
    rows = ShopFigures.objects.order_by().values_list(*columns)[:1]
    return names, Prepared(rows.all, is_converted=True)


ALL = _prepared(STORED)
WITHOUT_COST = _prepared([name for name in STORED if name not in COSTS])


def stored_figures(*, with_cost: bool) -> Figures | None:
    """Return the figures stored last, however old; None without any. One query.

    Without `with_cost` neither value nor costs are read.
    """
    names, stored = ALL if with_cost else WITHOUT_COST
    for row in stored.rows():
        found = dict(zip(names, row, strict=True))
        value = to_decimal(found.pop("value", None))
        return Figures(**{"without_cost": 0, **found}, value=value, is_empty=False)
    return None


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
