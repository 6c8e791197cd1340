"""Rows against the shop: what is new, changed, the same, or can't be.

The same code plans a preview, a dry run and an import, so their figures can't differ.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from products.importing.claims import VARIANT_FIELDS, Claims
from products.importing.comparing import describe, differences
from products.importing.existing import Existing, look_up, variant_of
from products.importing.findings import Findings
from products.importing.known import KnownProduct
from products.importing.new_references import NewReferences
from products.importing.plan import Place, PlannedProduct
from products.importing.refusals import (
    barcode_unknown,
    no_name,
    product_unknown,
    same_place,
    same_product,
    same_sku,
    sku_made,
)
from products.importing.rows import OPTIONS, ProductRow, VariantKey
from products.importing.stocking import (
    Target,
    column_of,
    is_too_valuable,
    opening_stock,
    plan_differences,
)
from products.services.references import CategoryPaths
from products.tabular.problems import BadCellError

ROWS = 1_000  # looked up together

Refused = tuple[str, str, BadCellError]
Moves = Mapping[int, Mapping[Place, int]]
"""Record -> the stock differences that a plan made before has for it."""


class Planner:
    """Takes the rows of one file in order and says what becomes of each.

    Refused rows and what was not taken from the others goes to `findings`. Four
    queries per ROWS rows, five where stock is set; nothing is written. Memory: a few
    hundred bytes a row for the codes that only one product can have.

    Records `left_out` are not ticked, so that they give no code up.
    """

    def __init__(
        self,
        *,
        target: Target,
        findings: Findings,
        moves: Moves | None = None,
        left_out: Collection[int] = (),
    ) -> None:
        self.categories = CategoryPaths()
        self.references = NewReferences(self.categories, is_strict=target.is_strict)
        self._target = target
        self._findings = findings
        self._moves = moves
        self._left_out = left_out
        self._claims = Claims(findings)
        self._skus: dict[str, int] = {}
        self._matched: dict[int, int] = {}
        self._placed: dict[tuple[int, Place], int] = {}

    def add(self, rows: Iterable[ProductRow]) -> Iterator[list[PlannedProduct]]:
        """Plan `rows`; yield what is planned, the unchanged included, by batches."""
        waiting = iter(rows)
        while batch := list(islice(waiting, ROWS)):
            existing = look_up(batch, self._target.ids_to_set(batch))
            self.references.look_up(batch)
            planned = (self._plan(row, existing) for row in batch)
            yield [each for each in planned if each is not None]

    def finish(self) -> list[PlannedProduct]:
        """Settle who gets what only one can have; return what came out differently."""
        return self._claims.settle()

    def report(self) -> dict[str, dict[str, object]]:
        """Return what applying would make besides products."""
        return self.references.as_report()

    def _plan(self, row: ProductRow, existing: Existing) -> PlannedProduct | None:
        product = existing.match(row)
        refusal = self.references.refusal(row) or self._refusal(row, product)
        if refusal is not None:
            self._findings.refuse(row.record, *refusal)
            return None
        if product is None:
            planned = self._plan_new(row)
        else:
            planned = self._plan_existing(row, product, existing)
        if planned is not None:
            self._claim(row, planned, product, existing)
            self.references.collect(planned)
        return planned

    def _refusal(self, row: ProductRow, product: KnownProduct | None) -> Refused | None:
        """Return field, value and reason of a row that repeats or finds nothing."""
        if row.updates_only:
            return self._refuse_update(row, product)
        if row.sku:
            first = self._skus.setdefault(row.sku_key, row.record)
            if first != row.record:
                return "sku", row.sku, same_sku(first)
        elif product is None:
            return "barcode", row.values["barcode"], barcode_unknown()
        if product is not None:
            first = self._matched.setdefault(product.pk, row.record)
            if first != row.record:
                return "sku", row.sku, same_product(first, product.sku)
        return None

    def _refuse_update(
        self, row: ProductRow, product: KnownProduct | None
    ) -> Refused | None:
        if product is None:
            return "sku", row.sku, product_unknown()
        for text in row.stock:
            try:
                place = self._target.place(text)
            except BadCellError as error:
                return column_of(text), text, error
            first = self._placed.setdefault((product.pk, place), row.record)
            if first != row.record:
                return column_of(text), text, same_place(first)
        return None

    def _plan_new(self, row: ProductRow) -> PlannedProduct | None:
        if not row.values.get("name"):
            self._findings.refuse(row.record, "name", "", no_name())
            return None
        stock = opening_stock(row, self._target, self._findings)
        if stock is None:
            return None
        if row.is_sku_made:
            self._findings.note(row.record, "sku", row.sku, sku_made())
        return PlannedProduct(
            record=row.record,
            sku=row.sku,
            name=row.values["name"],
            values={**row.first_values, **row.values},
            options=_options(row, None),
            stock=stock,
        )

    def _plan_existing(
        self, row: ProductRow, product: KnownProduct, existing: Existing
    ) -> PlannedProduct | None:
        values = differences(product, row.values, self.categories)
        # A cost that becomes known values the stock that is there.
        cost = values.get("cost") if product.cost is None else None
        if is_too_valuable(row, cost, product.on_hand, self._findings):
            return None
        planned = PlannedProduct(
            record=row.record,
            sku=product.sku,
            name=values.get("name", product.name),
            values=values,
            options=_options(row, product),
            product_id=product.pk,
            version=product.version,
            changes=describe(product, values, self.categories),
        )
        if not self._target.sets_stock:
            return planned
        is_possible = plan_differences(
            row,
            planned,
            existing.levels,
            target=self._target,
            findings=self._findings,
            planned_before=self._moves.get(row.record) if self._moves else None,
        )
        return planned if is_possible else None

    def _claim(
        self,
        row: ProductRow,
        planned: PlannedProduct,
        product: KnownProduct | None,
        existing: Existing,
    ) -> None:
        """Claim what no other product can have."""
        if row.record not in self._left_out:
            self._claims.remember(planned)
        barcode = row.values.get("barcode")
        if barcode:
            owner = existing.barcodes.get(barcode)
            self._claims.claim_barcode(planned, barcode, owner)
        key = _final_variant(row, product)
        if key is not None and (
            product is None or any(name in planned.values for name in VARIANT_FIELDS)
        ):
            self._claims.claim_variant(planned, key, existing.variants.get(key))


def _final_variant(row: ProductRow, product: KnownProduct | None) -> VariantKey | None:
    """Return the place in its group that the product will have; None without one."""
    now = variant_of(product) if product else ("", "", "", "")
    handle_key = now[0]
    if "group" in row.values:
        handle_key = row.values["group"].key if row.values["group"] else ""
    if not handle_key:
        return None
    option1, option2, option3 = (
        row.values.get(name, now[place]) for place, name in enumerate(OPTIONS, start=1)
    )
    return (handle_key, option1, option2, option3)


def _options(row: ProductRow, product: KnownProduct | None) -> str:
    """Return the options the product will have, as one text."""
    texts = [
        row.values.get(name, getattr(product, name) if product else "")
        for name in OPTIONS
    ]
    return " / ".join(text for text in texts if text)
