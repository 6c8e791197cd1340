"""Who may undo what: whoever may do it may take it back."""

from typing import Protocol

from products.models import Operation

Kind = Operation.Kind
MOVES = "products.adjust_stock"
TRANSFERS = "products.transfer_stock"
HOLDS = "products.hold_stock"
NEEDED: dict[str, tuple[str, ...]] = {
    Kind.PRODUCT_ADDED: ("products.add_product", "products.delete_product"),
    Kind.PRODUCT_EDITED: ("products.change_product",),
    Kind.PRODUCT_DELETED: ("products.delete_product",),
    Kind.PRODUCT_ARCHIVED: ("products.change_product",),
    Kind.STOCK_ADJUSTED: (MOVES,),
    Kind.STOCK_RECEIVED: (MOVES,),
    Kind.STOCK_ISSUED: (MOVES,),
    Kind.COST_CORRECTED: ("products.correct_cost",),
    Kind.TRANSFERRED: (TRANSFERS,),
    Kind.TRANSFER_SENT: (TRANSFERS,),
    Kind.TRANSFER_RECEIVED: (TRANSFERS,),
    Kind.TRANSFER_CANCELLED: (TRANSFERS,),
    Kind.STOCKTAKE_APPLIED: ("products.apply_stocktake",),
    Kind.STOCK_HELD: (HOLDS,),
    Kind.HOLD_RENEWED: (HOLDS,),
    Kind.HOLD_RELEASED: (HOLDS,),
    Kind.HOLD_FULFILLED: (HOLDS, MOVES),
    Kind.IMPORTED: ("products.import_products",),
}
"""The permissions that undoing an operation of a kind takes, all of them."""


class Person(Protocol):
    """Somebody with permissions, signed in or not."""

    def has_perms(self, codenames: tuple[str, ...]) -> bool: ...


def may_undo(person: Person, operation: Operation) -> bool:
    """Say whether `person` may undo `operation`; an undo counts as what it undid.

    An edit that moved stock takes the permission to move stock too. One query per
    step of undoing back, one more for an edit.
    """
    undone = operation
    while undone.reverses is not None:
        undone = undone.reverses
    needed = NEEDED.get(undone.kind)
    if needed is None:  # nobody has thought about this kind yet
        return False
    if undone.kind == Kind.PRODUCT_EDITED and undone.movements.exists():
        needed = (*needed, MOVES)
    return person.has_perms(needed)
