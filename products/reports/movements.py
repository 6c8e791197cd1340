"""The movements of one product, each with what was on hand in the shop after it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery, TextField

from products.models import Location, Operation, ProductChange, StockMovement
from products.models.stored import to_count

COLUMNS = (
    "kind",
    "delta",
    "recorded_at",
    "location__name",
    "location__kind",
    "operation__kind",
    "operation__actor_label",
    "operation__reason",
    "operation__reference",
)


# What a page of one product may offer to undo; an added product is deleted instead.
UNDOABLE = (
    Operation.Kind.PRODUCT_EDITED,
    Operation.Kind.STOCK_ADJUSTED,
    Operation.Kind.STOCK_RECEIVED,
    Operation.Kind.STOCK_ISSUED,
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many movements there are, and the units on hand that they add up to.

    None where a balance can't be read.
    """

    count: int
    on_hand: int | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A movement and the product's units on hand in all stock locations after it."""

    movement: StockMovement
    on_hand: int | None


def movements_of(product_id: int) -> QuerySet[StockMovement]:
    """Return the product's movements, newest first, with operation and location."""
    return _with_words(StockMovement.objects.filter(product_id=product_id))


def _with_words(movements: QuerySet[StockMovement]) -> QuerySet[StockMovement]:
    related = movements.select_related("operation", "location")
    return related.only(*COLUMNS).order_by("-pk")


def newest_of(product_id: int, number: int) -> list[StockMovement]:
    """Return the last movements of a product, newest first; two queries.

    The keys come first: SQLite would begin with the location and sort them all.
    """
    keys = StockMovement.objects.filter(product_id=product_id).order_by("-pk")
    newest = list(keys.values_list("pk", flat=True)[:number])
    return list(_with_words(StockMovement.objects.filter(pk__in=newest)))


def ledger_of(product_id: int, *, until: int | None = None) -> Ledger:
    """Count and add up the product's movements, up to the one of id `until`; one query.

    Goods in transit are counted as movements, but are not on hand. Read off the last
    movement of each location, however many came before: it carries the balance, and
    its sequence counts them without a gap.
    """
    last = StockMovement.objects.filter(
        product_id=product_id, location_id=OuterRef("pk")
    )
    if until is None:
        last = last.order_by("-sequence")[:1]
    else:
        last = last.filter(pk__lte=until).order_by("-pk")[:1]
    places = Location.objects.order_by().values_list(
        "kind",
        # Unconverted, because Django's conversion raises on what is no number.
        Subquery(last.values("sequence"), output_field=TextField()),
        Subquery(last.values("balance_after"), output_field=TextField()),
    )
    rows = list(places)
    count = sum(to_count(number) or 0 for _kind, number, _balance in rows)
    balances = [
        balance or 0 for kind, _count, balance in rows if kind == Location.Kind.STOCK
    ]
    is_known = None not in map(to_count, balances)
    return Ledger(count, sum(balances) if is_known else None)


def with_on_hand(
    movements: Iterable[StockMovement], on_hand: int | None
) -> list[Moved]:
    """Return `movements` (newest first, without gaps) with the balance after each.

    A movement itself knows the balance of its location only. `on_hand` is the balance
    after the first; see `ledger_of`.
    """
    moved: list[Moved] = []
    for movement in movements:
        moved.append(Moved(movement, on_hand))
        delta = to_count(movement.delta)
        if on_hand is not None and movement.location.kind == Location.Kind.STOCK:
            on_hand = None if delta is None else on_hand - delta
    return moved


def undoable(operation_id: int, product_id: int) -> Operation | None:
    """Return the operation if it can be undone from the product's page; one query.

    None when it was undone before, or when undoing it would change other products.
    """
    elsewhere = [
        Exists(
            model.objects.filter(operation=OuterRef("pk")).exclude(
                product_id=product_id
            )
        )
        for model in (StockMovement, ProductChange)
    ]
    operations = Operation.objects.filter(
        ~elsewhere[0], ~elsewhere[1], kind__in=UNDOABLE, reversed_by=None
    )
    return operations.select_related("reverses").filter(pk=operation_id).first()
