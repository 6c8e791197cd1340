"""Fill an empty shop with the demo: the catalogue, its pictures and 120 days."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from products.demo.counting import Teller
from products.demo.history import DAYS, invent
from products.demo.holding import Keeper
from products.demo.moving import Mover
from products.demo.playing import MARK, Player
from products.demo.reading import DemoShop, read_shop
from products.demo.supply import BULKY
from products.errors import InventoryError
from products.models import Operation, Product, StockMovement
from products.services.shelves import assign_shelves
from products.services.stock import Place

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


class ShopNotEmpty(InventoryError):
    """The demo would mix with a catalogue or a history that is there."""

    code = "shop_not_empty"

    def __init__(self) -> None:
        super().__init__(
            _(
                "There are products or records here already. The demo goes into an"
                " empty shop only; name another database in DATABASE_URL."
            )
        )


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is in the shop after loading."""

    products: int
    operations: int
    movements: int

    @classmethod
    def count(cls) -> "Loaded":
        return cls(
            Product.objects.count(),
            Operation.objects.count(),
            StockMovement.objects.count(),
        )


def is_loaded() -> bool:
    """Say whether the demo was loaded into this shop before; one query."""
    return Operation.objects.filter(idempotency_key=MARK).exists()


def refuse_unless_empty() -> None:
    """Raise ShopNotEmpty when there is a product, or a record of one."""
    if Product.objects.exists() or Operation.objects.exists():
        raise ShopNotEmpty


def ignore_progress(stage: str, done: int, total: int) -> None:
    """Be told of progress by somebody who does not want to know."""


@transaction.atomic
def load_shop(
    *,
    now: datetime | None = None,
    days: int = DAYS,
    progress: Progress = ignore_progress,
) -> Loaded:
    """Load the demo shop with the `days` (two or more) before `now`.

    All of it or nothing: one transaction of about half a minute, during which others
    can read but, on SQLite, not write. Raises ShopNotEmpty.
    """
    refuse_unless_empty()
    shop = _as_of(read_shop(), days)
    events = invent(shop, now=timezone.localtime(now), days=days)
    with ExitStack() as pictures:
        player = Player(shop, pictures)
        for done, event in enumerate(events, start=1):
            player.play(event)
            progress(_("Operations"), done, len(events))
        assign_shelves(shelves=_shelves(shop, player))
        mover = Mover(shop.people, since=events[-1].at, now=now or timezone.now())
        mover.move_goods(*player.locations.values())
        last = Operation.objects.latest("pk").created_at
        Keeper(
            shop.people, shop.web_shop, since=last, now=now or timezone.now()
        ).keep_goods()
        last = Operation.objects.latest("pk").created_at
        teller = Teller(shop.people, since=last, now=now or timezone.now())
        teller.count_goods(next(iter(player.locations.values())))
        return Loaded.count()


def _as_of(shop: DemoShop, days: int) -> DemoShop:
    """Return the shop without the edits that a shorter past does not reach."""
    return replace(
        shop, edits=tuple(edit for edit in shop.edits if edit.days_ago < days)
    )


def _shelves(shop: DemoShop, player: Player) -> dict[Place, str]:
    """Return the shelf of each product: bulky goods stand in the second location.

    What else is there waits on a rack named after its aisle in the first.
    """
    main, back = player.locations.values()
    shelves: dict[Place, str] = {}
    for product in shop.products:
        product_id = player.product_ids.get(product.sku)
        if product_id is None or not product.shelf:
            continue
        if product.shelf.startswith(BULKY):
            shelves[Place(product_id, back)] = product.shelf
        else:
            shelves[Place(product_id, main)] = product.shelf
            shelves[Place(product_id, back)] = f"{BULKY}-{product.shelf[0]}"
    return shelves
