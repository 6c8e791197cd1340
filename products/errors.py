"""What a service refuses, in one human sentence and with the facts behind it.

Views show `str(error)`; commands print it; tests and the API look at `code` and the
attributes. A refusal never leaves half of the work behind: services are atomic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class InventoryError(Exception):
    """Base of all refusals: `code` for programs, `str()` for people."""

    code: ClassVar[str] = "refused"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Short:
    """One line that asks for more than there is, in base units.

    `held` and `product_id` are said where the service knows them.
    """

    sku: str
    location: str
    wanted: int
    available: int
    held: int = 0
    product_id: int | None = None

    @property
    def missing(self) -> int:
        """How many units would have to be found; 0 where it is short as it is held."""
        return 0 if self.held else self.wanted - self.available

    def __str__(self) -> str:
        return _(
            "%(sku)s at %(location)s: %(wanted)d wanted, %(available)d available"
        ) % {
            "sku": self.sku,
            "location": self.location,
            "wanted": self.wanted,
            "available": self.available,
        }


class InsufficientStock(InventoryError):
    """Names every short line of the request, not only the first."""

    code = "insufficient_stock"

    def __init__(self, shorts: Sequence[Short]) -> None:
        self.shorts = tuple(shorts)
        if len(self.shorts) == 1:
            message = ngettext(
                "Only %(available)d is available, so %(wanted)d can't be taken.",
                "Only %(available)d are available, so %(wanted)d can't be taken.",
                self.shorts[0].available,
            ) % {"available": self.shorts[0].available, "wanted": self.shorts[0].wanted}
        else:
            message = _("Not enough stock: %(lines)s.") % {
                "lines": "; ".join(str(short) for short in self.shorts)
            }
        super().__init__(message)


class NothingToPost(InventoryError):
    """The request changes nothing: a count that matches, an empty document."""

    code = "nothing_to_post"


class InvalidLine(InventoryError):
    """A line that no ledger could hold: too large, negative cost, inactive location."""

    code = "invalid_line"


class Unreadable(InventoryError):
    """A stored value that is no number or no time, so nobody can act upon it.

    `what` names the kind of row in the words of its page, `column` the value; `pk` is
    the row's id, where it is known. `where` is all three.
    """

    code = "unreadable"

    def __init__(self, what: str, column: str = "", pk: object = None) -> None:
        self.what, self.column, self.pk = what, column, pk
        row = f"{what} {pk}" if pk is not None else what
        self.where = f"{row}: {column}" if column else row
        message = _(
            "A stored value is damaged (%(where)s). Nothing was done. Tell whoever"
            " runs this shop: a backup has the value, and “manage.py check_stock”"
            " says whether the stock is sound."
        )
        super().__init__(message % {"where": self.where})


class ProductGone(InventoryError):
    """A product of the request was deleted in the meantime."""

    code = "product_gone"

    def __init__(self, product_ids: Sequence[int]) -> None:
        self.product_ids = tuple(product_ids)
        super().__init__(
            ngettext(
                "This product was deleted by somebody in the meantime.",
                "%(count)d of these products were deleted by somebody in the meantime.",
                len(self.product_ids),
            )
            % {"count": len(self.product_ids)}
        )


class DocumentGone(InventoryError):
    """The transfer, stocktake or hold of the request is not there."""

    code = "document_gone"

    def __init__(self) -> None:
        super().__init__(_("This document was deleted by somebody in the meantime."))


class WrongState(InventoryError):
    """A step that a document has left behind, or not reached yet; often a second tab.

    `state` is the one it is in.
    """

    code = "wrong_state"

    def __init__(self, message: str, state: str) -> None:
        self.state = state
        super().__init__(message)


class NeedsDecision(InventoryError):
    """Lines of a stocktake that somebody has to look at before it can be applied."""

    code = "needs_decision"

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            ngettext(
                "%(count)d line needs a decision first.",
                "%(count)d lines need a decision first.",
                count,
            )
            % {"count": count}
        )


class PeriodClosed(InventoryError):
    """A date on or before the day through which the books are closed."""

    code = "period_closed"

    def __init__(self, closed_through: date) -> None:
        self.closed_through = closed_through
        super().__init__(
            _("The books are closed through %(day)s. Choose a later date.")
            % {"day": date_format(closed_through)}
        )


class KeyReused(InventoryError):
    """An idempotency key came a second time with another request behind it."""

    code = "key_reused"

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(
            _(
                "This form was sent before with other content, and that was saved."
                " Look at what is there now before you send it again."
            )
        )


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One field that two people changed: what was seen, what each made of it."""

    field: str
    seen: object
    theirs: object
    mine: object
    by: str
    at: object


class EditConflict(InventoryError):
    """Somebody else changed the same fields since the form was opened."""

    code = "edit_conflict"

    def __init__(self, conflicts: Sequence[FieldConflict]) -> None:
        self.conflicts = tuple(conflicts)
        super().__init__(
            ngettext(
                "%(by)s changed a field while you were editing it.",
                "%(count)d fields were changed while you were editing them.",
                len(self.conflicts),
            )
            % {"by": self.conflicts[0].by, "count": len(self.conflicts)}
        )


class FieldRefused(InventoryError):
    """A value breaks a rule of the catalogue: `errors` is field -> sentences."""

    code = "field_refused"

    def __init__(self, errors: dict[str, list[str]]) -> None:
        self.errors = errors
        super().__init__(" ".join(text for texts in errors.values() for text in texts))


class CannotUndo(InventoryError):
    """Something later depends on the operation, or it was undone before.

    `reasons` has all of them, a sentence each; the message names the first few.
    """

    code = "cannot_undo"
    NAMED: ClassVar[int] = 5

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        named = list(self.reasons[: self.NAMED])
        others = len(self.reasons) - len(named)
        if others:
            named.append(
                ngettext("And %d more reason.", "And %d more reasons.", others) % others
            )
        super().__init__(_("This can't be undone: %s") % " ".join(named))
