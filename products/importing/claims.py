"""Codes and options that only one product can have: who gets them, who doesn't.

A product of the shop may give its barcode up in the same file that gives it to
another, later or earlier. So claims on what belongs to somebody are settled when the
whole file is known; then a second import of it finds nothing left to do.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from products.importing.existing import Owner
from products.importing.findings import Findings
from products.importing.plan import PlannedProduct
from products.importing.refusals import (
    barcode_repeated,
    barcode_taken,
    options_repeated,
    options_taken,
)
from products.importing.rows import OPTIONS, VariantKey
from products.tabular.problems import BadCellError

VARIANT_FIELDS = ("group", *OPTIONS)
CLAIMED = frozenset({"barcode", *VARIANT_FIELDS})
"""Fields of which no two products may have the same."""


@dataclass(frozen=True, slots=True)
class _Contest:
    """`planned` wants what `owner` has: a barcode, or a place in a group."""

    planned: PlannedProduct
    owner: Owner
    fields: tuple[str, ...]
    value: str

    def is_won(self, changed: Mapping[int, PlannedProduct]) -> bool:
        """Say whether the owner gives it up in this file."""
        other = changed.get(self.owner.product_id)
        return (
            other is not None
            and not other.is_refused
            and any(name in other.values for name in self.fields)
        )


class Claims:
    """Collects what the planned products want to have for themselves."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._barcodes: dict[str, int] = {}
        self._variants: dict[VariantKey, int] = {}
        self._contests: list[_Contest] = []
        self._changed: dict[int, PlannedProduct] = {}

    def remember(self, planned: PlannedProduct) -> None:
        """Keep a change that may give up what another product of the file wants."""
        if planned.product_id is not None and CLAIMED.intersection(planned.values):
            self._changed[planned.product_id] = planned

    def claim_barcode(
        self, planned: PlannedProduct, barcode: str, owner: Owner | None
    ) -> None:
        """Give `barcode` to the first record that has it; the others go without."""
        first = self._barcodes.setdefault(barcode, planned.record)
        if first != planned.record:
            planned.leave_out("barcode")
            note = barcode_repeated(first)
            self._findings.note(planned.record, "barcode", barcode, note)
        elif owner is not None and owner.product_id != planned.product_id:
            self._contests.append(_Contest(planned, owner, ("barcode",), barcode))

    def claim_variant(
        self, planned: PlannedProduct, key: VariantKey, owner: Owner | None
    ) -> None:
        """Give a place in a group to the first record that has it; refuse the rest."""
        first = self._variants.setdefault(key, planned.record)
        said = " / ".join(option for option in key[1:] if option)
        if first != planned.record:
            self._refuse(planned, said, options_repeated(first))
        elif owner is not None and owner.product_id != planned.product_id:
            self._contests.append(_Contest(planned, owner, VARIANT_FIELDS, said))

    def settle(self) -> list[PlannedProduct]:
        """Decide every contest; return who lost one and was not refused before, once.

        Who loses keeps what it has, which may let down the next one, so this goes
        round until nobody loses any more.
        """
        undecided: list[_Contest] = self._contests
        losers: dict[int, PlannedProduct] = {}
        while undecided:
            lost = [each for each in undecided if not each.is_won(self._changed)]
            if not lost:
                break
            undecided = [each for each in undecided if each.is_won(self._changed)]
            for contest in lost:
                if not contest.planned.is_refused:
                    losers[contest.planned.record] = contest.planned
                    self._lose(contest)
        return list(losers.values())

    def _lose(self, contest: _Contest) -> None:
        planned, owner = contest.planned, contest.owner
        if contest.fields == VARIANT_FIELDS:
            self._refuse(planned, contest.value, options_taken(owner.sku))
        else:
            planned.leave_out("barcode")
            note = barcode_taken(owner.sku)
            self._findings.note(planned.record, "barcode", contest.value, note)

    def _refuse(self, planned: PlannedProduct, said: str, error: BadCellError) -> None:
        if not planned.is_refused:
            planned.is_refused = True
            self._findings.refuse(planned.record, "option1", said, error)
