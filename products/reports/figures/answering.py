"""Which figures a page shows: those of this moment, the stored ones, or kept ones.

See docs/decisions/figures.md.
"""

from dataclasses import replace
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from products.models.reading import one_moment
from products.reports.figures.counting import (
    count_at_once,
    count_by_index,
    is_large,
)
from products.reports.figures.facts import Figures
from products.reports.figures.storing import is_still_true, stored_figures

RECENT = timedelta(minutes=1)
KEPT = 3_600  # seconds that figures are kept, to be shown while somebody counts
IS_LARGE = "products.figures.is_large"
COUNTING = 60  # seconds until somebody who counts is given up


def shop_figures(*, with_cost: bool) -> Figures:
    """Return the figures; without `with_cost` neither value nor costs are read.

    A small shop's are of this moment; two queries. A large shop's are at most a minute
    old and say so in `as_of`; one query. Where nobody keeps its stored figures true,
    one request a minute works them out; older ones are returned meanwhile. Writes
    nothing but Django's cache.
    """
    if not cache.get(IS_LARGE):
        if not is_large():
            return count_at_once(with_cost=with_cost)
        # So that not every page asks; a shop that shrinks is seen a minute later.
        cache.set(IS_LARGE, 1, RECENT.seconds)
    stored = stored_figures(with_cost=with_cost)
    if stored and _is_recent(stored):
        return stored
    kept = _kept(with_cost=with_cost)
    if kept and _is_recent(kept):
        return kept
    claim = _key("claim", with_cost=with_cost)
    if cache.add(claim, 1, COUNTING):
        try:
            return _work_out(with_cost=with_cost)
        finally:
            cache.delete(claim)
    return kept or stored or _look(with_cost=with_cost)


def _is_recent(figures: Figures) -> bool:
    # By amount: a clock that was put back must not keep figures for ever.
    age = timezone.now() - (figures.as_of or timezone.now())
    return abs(age) <= RECENT


def _work_out(*, with_cost: bool) -> Figures:
    """Return figures of now and keep them, unless somebody has done so just now."""
    kept = _kept(with_cost=with_cost)
    if kept and _is_recent(kept):
        return kept
    figures = _look(with_cost=with_cost)
    cache.set(_key("kept", with_cost=with_cost), figures, KEPT)
    return figures


def _look(*, with_cost: bool) -> Figures:
    """Return the stored figures where nothing has moved them, else count."""
    with one_moment():
        moment = timezone.now()
        figures = stored_figures(with_cost=with_cost) if is_still_true() else None
        figures = figures or count_by_index(with_cost=with_cost)
    return replace(figures, as_of=moment)


def _kept(*, with_cost: bool) -> Figures | None:
    figures: Figures | None = cache.get(_key("kept", with_cost=with_cost))
    return figures


def _key(what: str, *, with_cost: bool) -> str:
    return f"products.figures.{what}.{'all' if with_cost else 'no-cost'}"
