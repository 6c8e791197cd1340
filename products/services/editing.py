"""Changing a product while others do: merge what one changed, ask where both did."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import EditConflict, FieldConflict, InvalidLine, NothingToPost
from products.models import (
    Location,
    Operation,
    Product,
    ProductChange,
    StockLevel,
    StockMovement,
)
from products.services.catalogue import check_fields, save_checked
from products.services.ledger import post
from products.services.lines import Line
from products.services.locking import lock_products
from products.services.operations import (
    Circumstances,
    find_repeated,
    start_operation,
)
from products.services.references import settle_brand
from products.services.snapshots import (
    Snapshot,
    changed_fields,
    field_as_json,
    snapshot,
)
from products.services.stock import check_direction


@dataclass(frozen=True, slots=True)
class Recount:
    """What the form showed and what the person made of it: the difference is posted."""

    location_id: int
    seen: int
    wanted: int
    kind: StockMovement.Kind = StockMovement.Kind.CORRECTION


@dataclass(frozen=True, slots=True)
class Edited:
    """The answer of an edit: the row now, its operation, and what others had changed.

    `merged` maps the fields that somebody else changed meanwhile and that were kept
    as they made them to (who, when).
    """

    product: Product
    operation: Operation
    merged: Mapping[str, tuple[str, Any]]


@transaction.atomic
def update_product(
    *,
    product_id: int,
    changes: Mapping[str, Any],
    seen_version: int,
    circumstances: Circumstances,
    recount: Recount | None = None,
    overrule: Collection[str] = (),
) -> Edited:
    """Change the fields named in `changes` and post the stock difference.

    `changes` holds only what the person changed against version `seen_version`. A
    field somebody else changed since is a conflict unless both chose one value or the
    field is in `overrule`. Fields not named keep what others made of them.

    With a known idempotency key the first answer comes back, without `merged`. Locks
    the product, then its levels. Raises ProductGone, EditConflict (all conflicts),
    FieldRefused, InsufficientStock, NothingToPost when nothing differs.
    """
    product = lock_products([product_id])[product_id]
    known = find_repeated(circumstances.once)
    if known is not None:
        return Edited(product, known, {})
    before = snapshot(product)
    others = changes_since(product, seen_version)
    for name, value in changes.items():
        setattr(product, name, value)
    settle_brand(product)
    _refuse_conflicts(product, before, others, set(changes) - set(overrule))
    if not changed_fields(product, before) and not _difference(recount):
        raise NothingToPost(_("Nothing was changed."))
    operation, is_new = start_operation(Operation.Kind.PRODUCT_EDITED, circumstances)
    if is_new:
        store_changes(operation, product, before, circumstances)
        post(
            operation,
            # Valued first: what the recount takes out then takes its value along.
            [*_first_values(product, before), *_recount_lines(product, recount)],
            now=circumstances.now,
        )
    merged = {
        name: (change.by, change.at)
        for name, change in others.items()
        if name not in changes
    }
    return Edited(product, operation, merged)


def changes_since(product: Product, version: int) -> dict[str, FieldConflict]:
    """Return what others changed since `version`: field -> seen, theirs, who, when.

    `mine` is None. Read from the audit trail, which numbers every edit; one query.
    """
    later = (
        ProductChange.objects.filter(product_id=product.pk)
        .select_related("operation")
        # A deletion that was undone has two entries for its one version.
        .order_by("-pk")[: 2 * max(0, product.version - version)]
    )
    found: dict[str, FieldConflict] = {}
    for change in later:  # the newest first: it names who, the oldest what was seen
        if not change.before or not change.after:
            continue
        if change.after["version"] <= version:
            break
        for name, value in change.before.items():
            if name == "version":
                continue
            newest = found.get(name)
            found[name] = FieldConflict(
                field=name,
                seen=value,
                theirs=newest.theirs if newest else change.after.get(name),
                mine=None,
                by=newest.by if newest else change.operation.actor_label,
                at=newest.at if newest else change.operation.created_at,
            )
    return found


def _refuse_conflicts(
    product: Product,
    before: Snapshot,
    others: Mapping[str, FieldConflict],
    names: Collection[str],
) -> None:
    conflicts = []
    for name in names:
        theirs, mine = others.get(name), field_as_json(product, name)
        if theirs is not None and mine != before[name]:
            conflicts.append(
                FieldConflict(
                    name, theirs.seen, theirs.theirs, mine, theirs.by, theirs.at
                )
            )
    if conflicts:
        raise EditConflict(sorted(conflicts, key=lambda conflict: conflict.field))


def store_changes(
    operation: Operation,
    product: Product,
    before: Snapshot,
    circumstances: Circumstances,
) -> None:
    """Save what differs from `before` on a locked product, and its trail.

    Nothing when no column differs. Raises FieldRefused.
    """
    names = changed_fields(product, before)
    if not names:
        return
    check_fields(product)
    product.version += 1
    product.updated_at = circumstances.now or timezone.now()
    derived = ["sku_key", "search_text", "version", "updated_at"]
    save_checked(product, update_fields=[*names, *derived])
    kept = [*names, "version"]
    ProductChange.objects.create(
        operation=operation,
        product_id=product.pk,
        sku=product.sku,
        before={name: before[name] for name in kept},
        after={name: field_as_json(product, name) for name in kept},
    )


def _difference(recount: Recount | None) -> int:
    return recount.wanted - recount.seen if recount else 0


def _recount_lines(product: Product, recount: Recount | None) -> list[Line]:
    if recount is None or not _difference(recount):
        return []
    if recount.wanted < 0:
        raise InvalidLine(_("Stock can't be below zero."))
    check_direction(recount.kind, _difference(recount))
    return [
        Line(product.pk, recount.location_id, recount.kind, delta=_difference(recount))
    ]


def _first_values(product: Product, before: Snapshot) -> list[Line]:
    """Return the lines that value stock whose cost becomes known for the first time.

    Without them a product that was added without a cost would stay worth nothing.
    Stock that has a value keeps its average; correcting that is its own operation.
    """
    if before["cost"] is not None or product.cost is None:
        return []
    # What is on the way is valued when it arrives; see `transfer_steps`.
    levels = StockLevel.objects.filter(
        product=product, location__kind=Location.Kind.STOCK, on_hand__gt=0, value=0
    )
    return [
        Line(
            product.pk,
            level.location_id,
            StockMovement.Kind.REVALUED,
            value_delta=product.cost * level.on_hand,
        )
        for level in levels
        if product.cost
    ]
