"""The steps of a stocktake: set up, start, hand in for review, reopen, cancel.

`counting` takes the counts, `stocktake_results` compares them with the ledger,
`stocktake_decisions` settles what is doubtful, `stocktake_applying` posts it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.errors import FieldRefused, InvalidLine, NothingToPost, WrongState
from products.models import Location, Stocktake, StocktakeLine
from products.services.locking import lock_locations, lock_stocktake
from products.services.operations import Author
from products.services.stocktake_scopes import (
    Found,
    Scope,
    check_scope,
    find_products,
)

State = Stocktake.State
LINES = 1_000  # in one INSERT
UNASKED = {"created_by", "started_at", "closed_at", "applied_by"}
NAMED = 5  # of many products, in a sentence


@dataclass(frozen=True, slots=True)
class Plan:
    """What to count and how; the fields of `Stocktake`."""

    name: str
    location_id: int
    scope: Scope
    is_blind: bool = True
    sets_uncounted_to_zero: bool = False
    threshold_percent: int | None = None
    threshold_value: Decimal | None = None


@transaction.atomic
def create_stocktake(
    *, plan: Plan, author: Author, now: datetime | None = None
) -> Stocktake:
    """Store a draft; nothing is counted and nobody is kept from anything yet.

    The same plan again from the same person, while it is a draft, is that draft: a
    second click makes no second one. Locks the locations against it. Raises
    FieldRefused, also when another open stocktake has the name.
    """
    places = lock_locations()
    place = places.get(plan.location_id)
    if place is None or place.kind != Location.Kind.STOCK or not place.is_active:
        raise FieldRefused({"location": [_("Choose where to count.")]})
    check_scope(plan.scope)
    stocktake = Stocktake(
        name=plan.name.strip(),
        location=place,
        scope=dict(plan.scope),
        is_blind=plan.is_blind,
        sets_uncounted_to_zero=plan.sets_uncounted_to_zero,
        threshold_percent=plan.threshold_percent,
        threshold_value=plan.threshold_value,
        created_at=now or timezone.now(),
        created_by_id=author.user.pk if author.user else None,
        created_by_label=author.label,
    )
    namesake = Stocktake.objects.filter(
        name=stocktake.name, state__in=Stocktake.OPEN
    ).first()
    if namesake is not None and _is_same_draft(namesake, stocktake):
        return namesake
    if namesake is not None:
        raise FieldRefused(
            {"name": [_("There is an open count of this name already.")]}
        )
    try:
        stocktake.full_clean(exclude=UNASKED)
    except ValidationError as error:
        raise FieldRefused(error.message_dict) from error
    stocktake.save(force_insert=True)
    return stocktake


def _is_same_draft(one: Stocktake, other: Stocktake) -> bool:
    compared = (
        "state",
        "location_id",
        "scope",
        "is_blind",
        "sets_uncounted_to_zero",
        "threshold_percent",
        "threshold_value",
        "created_by_id",
        "created_by_label",
    )
    return all(getattr(one, name) == getattr(other, name) for name in compared)


@transaction.atomic
def start_stocktake(
    *, stocktake_id: int, author: Author, now: datetime | None = None
) -> Stocktake:
    """Write down the products of the scope and open them for counting.

    Locks the stocktake. A statement per LINES lines. Raises WrongState unless it is a
    draft, InvalidLine naming products that another open stocktake holds there,
    NothingToPost for a scope with nothing in it, FieldRefused for one whose category
    or brand is gone.
    """
    stocktake = lock_stocktake(stocktake_id)
    refuse_unless(stocktake, State.DRAFT)
    moment = now or timezone.now()
    check_scope(stocktake.scope)
    found = list(find_products(stocktake.scope, stocktake.location, now=moment))
    if not found:
        raise NothingToPost(_("There is nothing to count in what was chosen."))
    _refuse_taken(stocktake, found)
    try:
        with transaction.atomic():
            _write_lines(stocktake, found)
    except IntegrityError as error:  # another one started at this very moment
        raise InvalidLine(
            _("Some of these products are in another open count.")
        ) from error
    stocktake.state, stocktake.started_at = State.COUNTING, moment
    stocktake.save(update_fields=["state", "started_at"])
    return stocktake


def _refuse_taken(stocktake: Stocktake, found: Iterable[Found]) -> None:
    wanted = {one.product_id for one in found}
    open_lines = StocktakeLine.objects.filter(
        location=stocktake.location, is_open=True
    ).values_list("product_id", "sku", "stocktake__name")
    taken = [
        (sku, name)
        for product_id, sku, name in open_lines.iterator(chunk_size=5_000)
        if product_id in wanted
    ]
    if not taken:
        return
    named = ", ".join(
        _("%(sku)s (“%(name)s”)") % {"sku": sku, "name": name}
        for sku, name in taken[:NAMED]
    )
    if len(taken) > NAMED:
        named = _("%(named)s and %(more)d more") % {
            "named": named,
            "more": len(taken) - NAMED,
        }
    raise InvalidLine(
        ngettext(
            "This product is in another open count: %(named)s.",
            "These products are in another open count: %(named)s.",
            len(taken),
        )
        % {"named": named}
    )


def _write_lines(stocktake: Stocktake, found: list[Found]) -> None:
    StocktakeLine.objects.bulk_create(
        (
            StocktakeLine(
                stocktake=stocktake,
                product_id=one.product_id,
                sku=one.sku,
                location_id=stocktake.location_id,
                shelf=one.shelf,
            )
            for one in found
        ),
        batch_size=LINES,
    )


@transaction.atomic
def send_to_review(*, stocktake_id: int) -> Stocktake:
    """End the counting. Locks the stocktake; raises WrongState unless it is counted."""
    return _move(stocktake_id, State.COUNTING, State.REVIEW)


@transaction.atomic
def reopen_stocktake(*, stocktake_id: int) -> Stocktake:
    """Count on. Locks the stocktake; raises WrongState unless it is in review."""
    return _move(stocktake_id, State.REVIEW, State.COUNTING)


@transaction.atomic
def cancel_stocktake(*, stocktake_id: int, now: datetime | None = None) -> Stocktake:
    """Give it up: stock stays as it is, the counts are kept, its products are free.

    Locks the stocktake; raises WrongState unless it is open.
    """
    stocktake = lock_stocktake(stocktake_id)
    refuse_unless(stocktake, *Stocktake.OPEN)
    stocktake.state, stocktake.closed_at = State.CANCELLED, now or timezone.now()
    stocktake.save(update_fields=["state", "closed_at"])
    stocktake.lines.update(is_open=None)
    return stocktake


def _move(stocktake_id: int, before: State, after: State) -> Stocktake:
    stocktake = lock_stocktake(stocktake_id)
    refuse_unless(stocktake, before)
    stocktake.state = after
    stocktake.save(update_fields=["state"])
    return stocktake


def refuse_unless(stocktake: Stocktake, *states: State) -> None:
    """Raise WrongState when a locked stocktake is in none of these states."""
    if stocktake.state in states:
        return
    raise WrongState(
        _("“%(name)s” has gone on meanwhile: it is %(state)s now.")
        % {
            "name": stocktake.name,
            "state": str(stocktake.get_state_display()).lower(),
        },
        stocktake.state,
    )
