"""The ledger head: one hash over the heads of all chains.

A chain proves that nobody changed it only against a head kept elsewhere, so a check
prints the head and a backup carries it.
"""

import hashlib

from products.models import StockMovement
from products.models.reading import in_key_order
from products.services.locking import LevelKey


class HeadHash:
    """Takes the last hash of each chain, in the order of (product, location)."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, product_id: int, location_id: int, last_hash: str) -> None:
        self._digest.update(f"{product_id}:{location_id}:{last_hash}\n".encode())

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


def ledger_head() -> str:
    """Return the head in hex; reads every movement once, in flat memory.

    Takes the movements as they stand and proves nothing of them: `check_stock` does.
    """
    head = HeadHash()
    last: tuple[LevelKey, str] | None = None
    keys = ("product_id", "location_id", "sequence")
    rows = StockMovement.objects.values_list(*keys, "hash")
    for product_id, location_id, _sequence, own_hash in in_key_order(
        rows, keys, (0, 1, 2)
    ):
        key = (product_id, location_id)
        if last is not None and last[0] != key:
            head.add(*last[0], last[1])
        last = (key, own_hash)
    if last is not None:
        head.add(*last[0], last[1])
    return head.hexdigest()
