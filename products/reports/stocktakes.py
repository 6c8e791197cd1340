"""What pages say of stocktakes: how far they are, who counted, what came of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from products.models import Brand, Category, StockCount, Stocktake, StocktakeLine
from products.models.stored import (
    as_stored,
    decimals_of,
    to_count,
    to_decimal,
    to_moment,
)
from products.services.chain import VALUE_STEP
from products.services.stocktake_judging import Outcome
from products.services.stocktake_scopes import Kind


@dataclass(frozen=True, slots=True)
class Counter:
    """Somebody who counted: how many counts, and the last of them."""

    name: str
    counts: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of all lines; values in the shop's currency.

    `unvalued` are the differences of products whose cost nobody knows.
    """

    lines: int = 0
    counted: int = 0
    agreeing: int = 0
    differing: int = 0
    undecided: int = 0
    missing_units: int = 0
    found_units: int = 0
    missing_value: Decimal = Decimal(0)
    found_value: Decimal = Decimal(0)
    unvalued: int = 0

    @property
    def uncounted(self) -> int:
        return self.lines - self.counted

    @property
    def units(self) -> int:
        """How many units are there more (plus) or less (minus) than the books say."""
        return self.found_units + self.missing

    @property
    def missing(self) -> int:
        """The units that are missing, with their minus."""
        return -self.missing_units

    @property
    def lost_value(self) -> Decimal:
        """What is missing is worth, with its minus."""
        return -self.missing_value

    @property
    def value(self) -> Decimal:
        """What the stock is worth more (plus) or less (minus) than the books say."""
        return self.found_value - self.missing_value


def with_progress(stocktakes: QuerySet[Stocktake]) -> QuerySet[Stocktake]:
    """Add `line_count` and `counted_count` to each stocktake of a short list."""
    lines = StocktakeLine.objects.filter(stocktake=OuterRef("pk")).order_by()
    counted = lines.filter(Exists(_current_counts()))
    return stocktakes.defer("threshold_value").annotate(
        line_count=_number_of(lines), counted_count=_number_of(counted)
    )


def _number_of(lines: QuerySet[StocktakeLine]) -> Coalesce:
    numbers = lines.values("stocktake").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(numbers), 0, output_field=IntegerField())


def _current_counts() -> QuerySet[StockCount]:
    """Return the counts that count, of the line around this query."""
    return StockCount.objects.filter(
        line=OuterRef("pk"), round=OuterRef("round"), is_void=False
    )


def lines_shown(
    stocktake: Stocktake, *, show: str, text: str
) -> QuerySet[StocktakeLine]:
    """Return the lines with what was counted of each (`seen`), None where nothing was.

    `show` is "left", "counted", "again" (asked to be counted again) or anything else
    for all; `text` is looked for in SKU, name and shelf.
    """
    current = _current_counts().order_by()
    total = current.values("line").annotate(total=Sum("quantity")).values("total")
    lines = StocktakeLine.objects.filter(stocktake=stocktake).annotate(
        seen=Subquery(total)
    )
    if show == "left":
        lines = lines.filter(~Exists(_current_counts()))
    elif show == "counted":
        lines = lines.filter(Exists(_current_counts()))
    elif show == "again":
        lines = lines.filter(~Exists(_current_counts()), round__gt=1)
    for word in text.split():
        in_name = Q(product__name__icontains=word)
        lines = lines.filter(
            Q(sku__icontains=word) | Q(shelf__icontains=word) | in_name
        )
    lines = lines.select_related("product__category")
    lines = lines.defer("value_difference", *decimals_of("product"))
    return lines.order_by("shelf", "sku", "pk")


def counters_of(stocktake: Stocktake) -> list[Counter]:
    """Return who counted, whoever counted last first; one query."""
    rows = (
        StockCount.objects.filter(line__stocktake=stocktake, is_void=False)
        .order_by()
        .values("counted_by_label")
        .annotate(
            counts=Count("pk"), last_at=Max("counted_at", output_field=TextField())
        )
        .order_by("-last_at")
    )
    return [
        Counter(row["counted_by_label"], row["counts"], to_moment(row["last_at"]))
        for row in rows
    ]


def last_counts(stocktake: Stocktake, person_id: int, number: int) -> list[StockCount]:
    """Return the latest counts of one person that were not taken back; one query."""
    counts = StockCount.objects.filter(
        line__stocktake=stocktake, counted_by_id=person_id, is_void=False
    )
    counts = counts.select_related("line__product__category")
    return list(counts.defer(*decimals_of("line__product")).order_by("-pk")[:number])


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """Add up what became of the lines."""
    figures: dict[str, Any] = dict.fromkeys(Tally.__dataclass_fields__, 0)
    figures["missing_value"] = figures["found_value"] = Decimal(0)
    for outcome in outcomes:
        difference = outcome.difference or 0
        figures["lines"] += 1
        figures["undecided"] += outcome.need is not None
        figures["counted"] += outcome.counted is not None
        figures["agreeing"] += outcome.difference == 0
        figures["differing"] += difference != 0
        figures["missing_units"] += max(-difference, 0)
        figures["found_units"] += max(difference, 0)
        figures["unvalued"] += bool(difference) and outcome.value is None
        figures["missing_value"] += max(-(outcome.value or Decimal(0)), Decimal(0))
        figures["found_value"] += max(outcome.value or Decimal(0), Decimal(0))
    return Tally(**figures)


def kept_outcomes(stocktake: Stocktake) -> Iterable[Outcome]:
    """Yield what an applied stocktake kept of its lines, shelf by shelf."""
    lines = stocktake.lines.order_by("shelf", "sku", "pk").defer("value_difference")
    lines = lines.annotate(stored_value=as_stored("value_difference"))
    for line in lines.iterator(chunk_size=2_000):
        counted, difference = to_count(line.counted), to_count(line.difference)
        value = to_decimal(line.stored_value) if difference else Decimal(0)
        if difference and value is not None:
            value = value.quantize(VALUE_STEP)
        yield Outcome(
            line,
            counted,
            expected=to_count(line.expected),
            difference=difference,
            value=None if counted is None else value,
        )


def in_progress(stocktake: Stocktake) -> tuple[int, int]:
    """Return how many lines are counted, and of how many; one query."""
    counted, lines = (
        with_progress(Stocktake.objects.filter(pk=stocktake.pk))
        .values_list(F("counted_count"), F("line_count"))
        .get()
    )
    return counted, lines


def scope_words(stocktake: Stocktake) -> str:
    """Say what a stocktake holds: “Shelves B-1 to C”; one query for a name."""
    scope = stocktake.scope
    kind = scope.get("kind")
    if kind == Kind.SHELVES:
        return _shelf_words(scope["from"], scope["to"])
    if kind == Kind.STALE:
        return _("Not counted for %(days)d days") % {"days": scope["days"]}
    if kind == Kind.LISTED:
        return _("%(count)d listed SKUs") % {"count": len(scope["skus"])}
    if kind == Kind.CATEGORY:
        category = Category.objects.filter(pk=scope["category"]).first()
        return _("Category %(name)s") % {"name": category or "…"}
    if kind == Kind.BRAND:
        brand = Brand.objects.filter(pk=scope["brand"]).first()
        return _("Brand %(name)s") % {"name": brand or "…"}
    return str(Kind.ALL.label)


def _shelf_words(first: str, last: str) -> str:
    if first == last:
        return _("Shelves %(only)s") % {"only": first}
    return _("Shelves %(first)s to %(last)s") % {
        "first": first or "…",
        "last": last or "…",
    }
