"""The sums of `products:product_explain`: parts in the inner column, totals outside.

What stands inside a total adds up to it, and the totals to the result; `Sum` makes
that so, because it adds up what it is given.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from products.forms.questions import day_and_time
from products.models import Hold, StockMovement
from products.reports.explaining import (
    OnTheWay,
    PlaceSum,
    PlaceValue,
    live_holds,
    on_the_way,
    sums_by_kind,
    values_by_place,
)
from products.reports.levels import levels_of
from products.templatetags.inventory import money, money_in_full, quantity

SHOWN_HOLDS = 50  # those that end first; the rest is one line
SHOWN_PLACES = 2  # of an amount, unless it has more
Amount = int | Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """A line of a sum; `url` is where the document or the list behind it is."""

    label: str
    amount: Amount
    url: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """Some parts and what they make; a sign of −1 takes that away from the result."""

    label: str
    parts: Sequence[Part]
    sign: int = 1
    url: str = ""
    place: int = 0  # id of the location it speaks of

    @property
    def amount(self) -> Amount:
        return self.sign * sum((part.amount for part in self.parts), start=0)


@dataclass(frozen=True, slots=True)
class Sum:
    """Totals that make the result, and how the page writes an amount."""

    totals: Sequence[Total]
    write: Callable[[Amount], str]

    @property
    def amount(self) -> Amount:
        return sum((total.amount for total in self.totals), start=0)

    @property
    def written(self) -> str:
        """The result, as the page writes it."""
        return self.write(self.amount)

    def lines(self) -> Iterable[dict[str, object]]:
        """Yield the lines as the page writes them, each total before its parts."""
        for total in self.totals:
            is_alone = [part.label for part in total.parts] == [total.label]
            yield self._line(total.label, total.amount, total.url)
            parts = [] if is_alone else total.parts
            for number, part in enumerate(parts, start=1):
                line = self._line(part.label, part.amount, part.url)
                yield line | {"is_part": True, "is_last": number == len(parts)}

    def _line(self, label: str, amount: Amount, url: str) -> dict[str, object]:
        return {"label": label, "text": self.write(amount), "url": url}


def sum_on_hand(product_id: int, *, by_place: bool) -> tuple[Sum, list[PlaceSum]]:
    """Return what came and went by kind, and the places it did at; one query."""
    places = sums_by_kind(product_id)
    if by_place:
        totals = [_place_total(place) for place in places]
    else:
        totals = [
            _alone(Part(_kind(kind), units))
            for place in places
            for kind, units in place.kinds
        ]
    return Sum(totals, quantity), places


def sum_held(product_id: int, *, by_place: bool) -> Sum:
    """Return the holds that count now; one query."""
    parts = _hold_parts(product_id, by_place=by_place)
    return Sum([_alone(part) for part in parts], quantity)


def sum_available(product_id: int, *, by_place: bool) -> Sum:
    """Return what is on hand less what is held; two queries."""
    rows = levels_of(product_id).rows
    there = [Part(row.location, row.on_hand) for row in rows if row.on_hand]
    on_hand = Part(_("On hand"), sum(row.on_hand or 0 for row in rows))
    held = _hold_parts(product_id, by_place=by_place)
    all_held = link("hold_list", product=product_id) if held else ""
    return Sum(
        [
            Total(_("On hand"), there if by_place else [on_hand]),
            Total(_("Held"), held, sign=-1, url=all_held),
        ],
        quantity,
    )


def sum_in_transit(product_id: int) -> Sum:
    """Return what open transfers carry; two queries."""
    parts = [_transfer_part(part) for part in on_the_way(product_id)]
    return Sum([_alone(part) for part in parts], quantity)


def sum_value(product_id: int, *, by_place: bool) -> tuple[Sum, list[PlaceValue]]:
    """Return what the stock of each place is worth; one query.

    A value that can't be read counts as nothing: `check_stock` names it.
    """
    places = [place for place in values_by_place(product_id) if place.units]
    known = [place.value or Decimal(0) for place in places]
    digits = places_of(known)
    totals = [
        _alone(Part(_times(place, by_place=by_place), value))
        for place, value in zip(places, known, strict=True)
    ]
    return Sum(totals, lambda amount: money_in_full(amount, digits)), places


def places_of(amounts: Iterable[Decimal]) -> int:
    """Return how many places show these amounts in full: two, or the four they have."""
    cent = Decimal("0.01")
    return SHOWN_PLACES if all(a == a.quantize(cent) for a in amounts) else 4


def link(name: str, *args: object, **query: object) -> str:
    """Return the address of a page, "" where the shop has no such page."""
    try:
        address = reverse(f"products:{name}", args=args)
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode(query)}" if query else address


def _alone(part: Part) -> Total:
    return Total(part.label, [part], url=part.url)


def _kind(kind: str) -> str:
    return str(dict(StockMovement.Kind.choices).get(kind, kind))


def _place_total(place: PlaceSum) -> Total:
    parts = [Part(_kind(kind), units) for kind, units in place.kinds]
    return Total(place.name, parts, place=place.location_id)


def _hold_parts(product_id: int, *, by_place: bool) -> list[Part]:
    holds = live_holds(product_id)
    parts = [
        Part(
            hold_words(hold, by_place=by_place),
            hold.quantity,
            link("hold_list", request=hold.operation_id),
        )
        for hold in holds[:SHOWN_HOLDS]
    ]
    rest = holds[SHOWN_HOLDS:]
    if rest:
        words = _("%(count)s more holds") % {"count": quantity(len(rest))}
        units = sum(hold.quantity for hold in rest)
        parts.append(Part(words, units, link("hold_list", product=product_id)))
    return parts


def hold_words(hold: Hold, *, by_place: bool) -> str:
    """Return for whom, where (in a shop with several places), and until when."""
    words = [hold.reference or _("No reference")]
    if by_place:
        words.append(hold.location.name)
    if hold.expires_at:
        words.append(_("until %(time)s") % {"time": day_and_time(hold.expires_at)})
    return ", ".join(words)


def _transfer_part(part: OnTheWay) -> Part:
    if part.transfer is None:
        return Part(_("On no open transfer"), part.units)
    words = _("%(name)s, %(source)s to %(destination)s") % {
        "name": part.transfer.reference or part.transfer,
        "source": part.transfer.source,
        "destination": part.transfer.destination,
    }
    return Part(words, part.units, link("transfer_detail", part.transfer.pk))


def _times(place: PlaceValue, *, by_place: bool) -> str:
    words = quantity(place.units)
    if place.unit_value is not None:
        words = _("%(units)s at %(cost)s on average") % {
            "units": words,
            "cost": money(place.unit_value),
        }
    return f"{place.name}: {words}" if by_place else words
