"""The list of holds at a moment: one whose time is up has expired, tidied or not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, OrderBy, Q, QuerySet, Value, When

from products.fields import fold_words
from products.models import Hold
from products.models.stored import decimals_of

State = Hold.State
ALL = "all"
SOON = timedelta(hours=1)  # before its end a hold is marked


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to; `state` is one of Hold.State or ALL."""

    state: str = State.OPEN
    text: str = ""
    product_id: int | None = None
    request_id: int | None = None  # the operation that made them
    hold_id: int | None = None

    @property
    def is_about_some(self) -> bool:
        """Whether it names a product, a request or a hold."""
        named = (self.product_id, self.request_id, self.hold_id)
        return any(pk is not None for pk in named)


def list_holds(asked: Asked, moment: datetime) -> "QuerySet[Hold]":
    """Return the holds asked for with product, location and operation, open ones first.

    The newest first; those of one request were made in one statement.
    """
    holds = _in_state(asked.state, moment)
    if asked.product_id is not None:
        holds = holds.filter(product_id=asked.product_id)
    if asked.request_id is not None:
        holds = holds.filter(operation_id=asked.request_id)
    if asked.hold_id is not None:
        holds = holds.filter(pk=asked.hold_id)
    for word in asked.text.split():
        holds = holds.filter(
            Q(reference__icontains=word)
            | Q(sku__icontains=word)
            | Q(product__search_text__contains=f" {fold_words(word)}")
        )
    relations = ("product__category", "location", "operation")
    holds = holds.select_related(*relations).defer(*decimals_of("product"))
    return holds.order_by(*_order(asked.state, moment))


def _order(state: str, moment: datetime) -> list[str | OrderBy]:
    """Leave the sorting to the index where all of them are in one state."""
    if state != ALL:
        return ["-pk"]
    is_live = Q(state=State.OPEN) & ~Q(expires_at__lte=moment, expires_at__isnull=False)
    first = Case(When(is_live, then=Value(0)), default=Value(1))
    return [first.asc(), "-pk"]


def _in_state(state: str, moment: datetime) -> "QuerySet[Hold]":
    holds = Hold.objects.all()
    if state == State.OPEN:
        return holds.live(moment)
    if state == State.EXPIRED:
        is_due = Q(state=State.OPEN, expires_at__lte=moment)
        return holds.filter(Q(state=State.EXPIRED) | is_due)
    return holds if state == ALL else holds.filter(state=state)


def state_at(hold: Hold, moment: datetime) -> str:
    """Return the state of a hold at `moment`, whatever is stored."""
    is_open = hold.state == State.OPEN
    if is_open and hold.expires_at is not None and hold.expires_at <= moment:
        return State.EXPIRED
    return hold.state


def ends_soon(hold: Hold, moment: datetime) -> bool:
    """Say whether a hold that counts ends within the hour."""
    is_live = state_at(hold, moment) == State.OPEN
    return is_live and hold.expires_at is not None and hold.expires_at <= moment + SOON
