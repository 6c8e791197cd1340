"""Changing many chosen products at once: shown first, then done exactly so, or not.

docs/decisions/bulk.md says why it is built this way.
"""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.errors import InventoryError, NothingToPost
from products.models import BulkRun, Operation
from products.services.bulk_plans import Change, Plan, make_plan
from products.services.locking import lock_stock
from products.services.operations import (
    Circumstances,
    find_repeated,
    start_operation,
)

MOST = 10_000  # products at once, in a request


class TooMany(InventoryError):
    """More products than one request can change."""

    code = "too_many"

    def __init__(self) -> None:
        super().__init__(
            _(
                "At most %(most)s products can be changed at once. Narrow the list"
                " with its filters, or change them by importing a file."
            )
            % {"most": number_format(MOST, force_grouping=True)}
        )


class PlanOutdated(InventoryError):
    """What would happen is not what the person was shown."""

    code = "plan_outdated"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Something has changed since you looked, so nothing was done."
                " Below is what would happen now: look again and confirm."
            )
        )


class SomeRefused(InventoryError):
    """Some of the products can't be changed, and nobody said to leave them out."""

    code = "some_refused"

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            ngettext(
                "%(count)d product can't be changed. Say that it is left out, or put"
                " right what is named below.",
                "%(count)d products can't be changed. Say that they are left out, or"
                " put right what is named below.",
                count,
            )
            % {"count": count}
        )


def preview_bulk(*, change: Change, product_ids: Collection[int]) -> Plan:
    """Return what `change_in_bulk` would do now; reads only, takes no lock.

    A few queries per 5,000 products. Raises TooMany.
    """
    check_count(product_ids)
    return make_plan(change, list(product_ids), timezone.now())


@transaction.atomic
def change_in_bulk(
    *,
    change: Change,
    product_ids: Collection[int],
    circumstances: Circumstances,
    seen: str | None = None,
    leaves_out: bool = False,
) -> Operation:
    """Do the change to all of the products, as one operation, or to none of them.

    `seen` is the digest of the plan that the person was shown: what would happen now
    must be just that. Without it, a single product makes an ordinary operation. Those
    that are so already are left alone; those that are refused too where it
    `leaves_out`. Products that are gone are left out.

    Locks the products, then their levels. The same request again gets the first answer.
    Raises TooMany, PlanOutdated, SomeRefused, NothingToPost, KeyReused, and for stock
    what the ledger refuses.
    """
    check_count(product_ids)
    ids = sorted(set(product_ids))
    lock_stock(ids)
    known = find_repeated(circumstances.once)
    if known is not None:
        return known
    plan = make_plan(change, ids, circumstances.now or timezone.now())
    if seen is not None and plan.digest != seen:
        raise PlanOutdated
    if plan.refused and not leaves_out:
        raise SomeRefused(len(plan.refused))
    if not plan.changing:
        raise NothingToPost(change.nothing)
    operation, is_new = start_operation(change.kind, circumstances)
    if is_new:
        change.carry_out(operation, plan.changing, circumstances)
        if seen is not None or len(plan.changing) > 1:
            BulkRun.objects.create(
                operation=operation, what=change.what, product_count=len(plan.changing)
            )
    return operation


def check_count(product_ids: Collection[int]) -> None:
    """Raise TooMany for more products than a request can change."""
    if len(product_ids) > MOST:
        raise TooMany
