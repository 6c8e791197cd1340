"""Drafts of transfers: written, edited, thrown away. They move nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import InventoryError, ProductGone
from products.models import DocumentChange, Product, Transfer, TransferLine
from products.services.locking import lock_locations, lock_transfer
from products.services.operations import Circumstances
from products.services.transfers import (
    Item,
    Route,
    add_up,
    check_route,
    refuse_other_version,
    refuse_unless,
)

SAME_DRAFT = timedelta(minutes=10)  # within it, an equal draft is the same one
CONTENT = ("source_id", "destination_id", "reference", "note")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft says, and who may be asked: `reference` is theirs, `note` ours."""

    route: Route
    items: Sequence[Item]
    reference: str = ""
    note: str = ""


@transaction.atomic
def create_transfer(*, draft: Draft, circumstances: Circumstances) -> Transfer:
    """Store a draft; it moves nothing until it is sent.

    The same draft of the same person once more within SAME_DRAFT is a second click,
    and gets the first one. Locks all locations, so that neither end goes out of use
    meanwhile. Raises FieldRefused, NothingToPost, ProductGone.
    """
    check_route(draft.route, lock_locations())
    wanted = add_up(draft.items)
    now = circumstances.now or timezone.now()
    transfer = Transfer(
        source_id=draft.route.source_id,
        destination_id=draft.route.destination_id,
        reference=draft.reference,
        note=draft.note,
        created_at=now,
        created_by_id=circumstances.author.user.pk
        if circumstances.author.user
        else None,
        created_by_label=circumstances.author.label,
    )
    known = _find_same(transfer, wanted)
    if known is not None:
        return known
    transfer.save(force_insert=True)
    _write_lines(transfer, wanted)
    return transfer


@transaction.atomic
def update_transfer(*, transfer_id: int, draft: Draft, seen_version: int) -> Transfer:
    """Give a draft another content.

    Locks the transfer, then all locations. Raises WrongState when it is no draft any
    more, or not in the version that was seen; DocumentGone; as `create_transfer`. A
    second click finds its content there already, and is no second editor.
    """
    transfer = lock_transfer(transfer_id)
    refuse_unless(transfer, Transfer.State.DRAFT)
    wanted = add_up(draft.items)
    before = _content(transfer)
    transfer.source_id = draft.route.source_id
    transfer.destination_id = draft.route.destination_id
    transfer.reference, transfer.note = draft.reference, draft.note
    if (_content(transfer), _units(transfer)) == (before, wanted):
        return transfer
    refuse_other_version(transfer, seen_version)
    check_route(draft.route, lock_locations())
    transfer.version += 1
    transfer.save(update_fields=[*CONTENT, "version"])
    transfer.lines.all().delete()
    _write_lines(transfer, wanted)
    return transfer


@transaction.atomic
def delete_draft(*, transfer_id: int) -> None:
    """Remove a draft that was never sent, as if nobody had written it.

    Locks the transfer. Raises WrongState, DocumentGone; InventoryError for one with a
    history, which can be cancelled.
    """
    transfer = lock_transfer(transfer_id)
    refuse_unless(transfer, Transfer.State.DRAFT)
    if has_history(transfer):
        raise InventoryError(
            _("“%s” was sent before, and its history needs it. Cancel it instead.")
            % transfer
        )
    transfer.delete()


def has_history(transfer: Transfer) -> bool:
    """Say whether an operation ever changed this transfer; one query."""
    trail = DocumentChange.objects.filter(
        document=DocumentChange.Document.TRANSFER, document_id=transfer.pk
    )
    return trail.exists()


def _content(transfer: Transfer) -> dict[str, object]:
    return {name: getattr(transfer, name) for name in CONTENT}


def _units(transfer: Transfer) -> dict[int | None, int]:
    return {line.product_id: line.quantity for line in transfer.lines.all()}


def _find_same(transfer: Transfer, wanted: dict[int, int]) -> Transfer | None:
    same = Transfer.objects.filter(
        state=Transfer.State.DRAFT,
        version=1,
        created_at__gte=transfer.created_at - SAME_DRAFT,
        created_by_id=transfer.created_by_id,
        created_by_label=transfer.created_by_label,
        **_content(transfer),
    )
    for known in same.prefetch_related("lines"):
        if _units(known) == wanted:
            return known
    return None


def _write_lines(transfer: Transfer, wanted: dict[int, int]) -> None:
    skus = dict(Product.objects.filter(pk__in=wanted).values_list("pk", "sku"))
    gone = sorted(wanted.keys() - skus.keys())
    if gone:
        raise ProductGone(gone)
    TransferLine.objects.bulk_create(
        [
            TransferLine(
                transfer=transfer, product_id=pk, sku=skus[pk], quantity=quantity
            )
            for pk, quantity in wanted.items()
        ],
        batch_size=500,
    )
