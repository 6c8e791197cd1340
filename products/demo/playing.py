"""Play the invented past through the services, each event at its own moment."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import fields
from functools import singledispatchmethod
from typing import Any

from products.demo.building import Builder, ensure_locations
from products.demo.events import Added, Archived, Edited, Event, Move, Moved, Undone
from products.demo.reading import DemoProduct, DemoShop
from products.models import Operation
from products.services.archiving import archive_products
from products.services.catalogue import Opening, add_products
from products.services.editing import update_product
from products.services.ledger import post
from products.services.lines import Line
from products.services.operations import Author, Circumstances, Once, start_operation
from products.services.undo import undo_operation

MARK = "load_demo"
"""The idempotency key of the first operation: the demo was loaded here."""
FIELDS = {field.name: field.name for field in fields(DemoProduct)} | {
    "supplier": "supplier_name"
}


class Player:
    """Turns events into operations; call `play` inside one transaction."""

    def __init__(self, shop: DemoShop, pictures: ExitStack) -> None:
        """Store the locations, categories, brands and groups of the shop.

        `pictures` as for `Builder`.
        """
        self._shop = shop
        self._builder = Builder(shop, pictures)
        self.locations = ensure_locations(shop)
        self.product_ids: dict[str, int] = {}
        self._products = {product.sku: product for product in shop.products}
        self._operations: dict[str, int] = {}
        self._once: Once | None = Once(MARK, {"shop": shop.name})

    @singledispatchmethod
    def play(self, event: Event) -> None:
        """Do what the event says; the services may refuse it."""
        raise NotImplementedError(type(event).__name__)

    @play.register
    def _(self, event: Added) -> None:
        places = {product.sku: n for n, product in enumerate(event.products)}
        openings: dict[int, list[Opening]] = {n: [] for n in places.values()}
        for move in event.openings:
            opening = Opening(move.delta, self.locations[move.location])
            openings[places[move.sku]].append(opening)
        stored = add_products(
            products=[
                self._builder.product(event.group, demo) for demo in event.products
            ],
            circumstances=self._circumstances(event, once=self._once),
            openings=openings,
        )
        self._once = None
        self.product_ids.update((product.sku, product.pk) for product in stored)

    @play.register
    def _(self, event: Moved) -> None:
        circumstances = self._circumstances(
            event,
            reason=event.reason,
            reference=event.reference,
            effective_at=event.effective_at,
        )
        operation, _is_new = start_operation(event.kind, circumstances)
        post(
            operation,
            list(self._lines(event.moves)),
            now=event.at,
            effective_at=event.effective_at,
        )
        self._operations[event.reference] = operation.pk

    @play.register
    def _(self, event: Undone) -> None:
        undo_operation(
            operation_id=self._operations[event.reference],
            circumstances=self._circumstances(event, reason=event.reason),
        )

    @play.register
    def _(self, event: Edited) -> None:
        demo = self._products[event.edit.sku]
        update_product(
            product_id=self.product_ids[demo.sku],
            changes={FIELDS[name]: getattr(demo, name) for name in event.edit.before},
            seen_version=1,
            circumstances=self._circumstances(event),
        )

    @play.register
    def _(self, event: Archived) -> None:
        archive_products(
            product_ids=[self.product_ids[event.sku]],
            circumstances=self._circumstances(event),
        )

    def _lines(self, moves: Iterable[Move]) -> Iterable[Line]:
        for move in moves:
            yield Line(
                self.product_ids[move.sku],
                self.locations[move.location],
                move.kind,
                delta=move.delta,
                unit_cost=move.unit_cost,
            )

    def _circumstances(self, event: Event, **details: Any) -> Circumstances:
        by_shop = event.by == self._shop.web_shop
        source = Operation.Source.API if by_shop else Operation.Source.SITE
        return Circumstances(author=Author(event.by, source), now=event.at, **details)
