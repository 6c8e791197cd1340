"""The stock of the invented past, kept in memory, so that no sale exceeds it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from products.demo.events import Event, Move, Moved, Undone, Want, Wish


class Stockroom:
    """How many units of each SKU stand where, at one moment of the past."""

    def __init__(self, locations: Sequence[str]) -> None:
        """Start empty; `locations` are codes, the default first."""
        self._locations = tuple(locations)
        self._units: dict[tuple[str, str], int] = defaultdict(int)
        self._moves: dict[str, tuple[Move, ...]] = {}

    def total(self, sku: str) -> int:
        """Return the units of `sku` in all locations."""
        return sum(units for _place, units in self.places(sku))

    def places(self, sku: str) -> list[tuple[str, int]]:
        """Return (location, units) of `sku`, the default location first."""
        return [(place, self._units[sku, place]) for place in self._locations]

    def put(self, move: Move) -> None:
        """Count a movement that nothing can refuse: opening stock."""
        self._apply(move)

    def carry_out(self, wish: Wish) -> Event | None:
        """Do what can be done of `wish`; None when nothing of it can."""
        if wish.undoes:
            return self._take_back(wish)
        moves = tuple(
            move for want in wish.wants if (move := self._move(want)) is not None
        )
        if not moves:
            return None
        self._moves[wish.reference] = moves
        return Moved(
            at=wish.at,
            by=wish.by,
            kind=wish.kind,
            moves=moves,
            reason=wish.reason,
            reference=wish.reference,
            effective_at=wish.effective_at,
        )

    def _move(self, want: Want) -> Move | None:
        """Apply `want`; None when no place has enough of it."""
        place = want.location or self._place_for(want)
        if place is None or self._units[want.sku, place] + want.quantity < 0:
            return None
        move = Move(want.sku, place, want.kind, want.quantity, want.unit_cost)
        self._apply(move)
        return move

    def _place_for(self, want: Want) -> str | None:
        if want.quantity > 0:
            return self._locations[0]
        stocked = (
            place
            for place in self._locations
            if self._units[want.sku, place] + want.quantity >= 0
        )
        return next(stocked, None)

    def _take_back(self, wish: Wish) -> Undone | None:
        moves = self._moves.pop(wish.undoes, ())
        for move in moves:
            self._apply(replace(move, delta=-move.delta))
        if not moves:
            return None
        return Undone(at=wish.at, by=wish.by, reference=wish.undoes, reason=wish.reason)

    def _apply(self, move: Move) -> None:
        self._units[move.sku, move.location] += move.delta
