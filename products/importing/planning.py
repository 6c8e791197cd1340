"""Rows against the shop: what is new, changed, the same, or can't be.

The same code plans a dry run and a real one, so their figures can't differ.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from products.importing.claims import VARIANT_FIELDS, Claims
from products.importing.comparing import describe, differences
from products.importing.existing import OPTIONS, Existing, look_up, variant_of
from products.importing.findings import Findings
from products.importing.plan import Plan, PlannedProduct
from products.importing.refusals import no_name, same_product, same_sku, sku_made
from products.importing.rows import ProductRow, VariantKey
from products.importing.stocking import (
    Target,
    is_too_valuable,
    opening_stock,
    plan_differences,
)
from products.models import Product
from products.services.references import CategoryPaths
from products.tabular.own_csv import join_path
from products.tabular.problems import BadCellError

ROWS = 1_000  # looked up together


class Planner:
    """Takes the rows of one file in order; `finish` gives the plan.

    Refused rows and what was not taken from the others goes to `findings`. Three
    queries per ROWS rows, four where stock is set; nothing is written.
    """

    def __init__(
        self, *, target: Target, categories: CategoryPaths, findings: Findings
    ) -> None:
        self._target = target
        self._categories = categories
        self._findings = findings
        self._claims = Claims(findings)
        self._skus: dict[str, int] = {}
        self._matched: dict[int, int] = {}
        self._created: list[PlannedProduct] = []
        self._changed: dict[int, PlannedProduct] = {}
        self._unchanged = 0

    def add(self, rows: Iterable[ProductRow]) -> Iterator[int]:
        """Plan `rows`; yield the number of the last record after each batch."""
        waiting = iter(rows)
        while batch := list(islice(waiting, ROWS)):
            existing = look_up(batch, self._target.ids_to_set)
            for row in batch:
                self._add_row(row, existing)
            yield batch[-1].record

    def finish(self) -> Plan:
        """Settle who gets what only one can have, and return the plan."""
        self._claims.settle(self._changed)
        kept = [each for each in self._changed.values() if not each.is_refused]
        changed = [each for each in kept if each.does_something]
        created = [each for each in self._created if not each.is_refused]
        return Plan(
            created=created,
            changed=changed,
            unchanged=self._unchanged + len(kept) - len(changed),
            new_categories=self._new_categories([*created, *changed]),
        )

    def _new_categories(self, planned: list[PlannedProduct]) -> list[str]:
        paths = {each.values.get("category", ()) for each in planned}
        missing = (path for path in paths if path and not self._categories.find(path))
        return sorted(join_path(path) for path in missing)

    def _add_row(self, row: ProductRow, existing: Existing) -> None:
        product = existing.match(row)
        error = self._repeats(row, product)
        if error is not None:
            self._findings.refuse(row.record, "sku", row.sku, error)
            return
        if product is None:
            planned = self._plan_new(row)
        else:
            planned = self._plan_existing(row, product, existing)
        if planned is not None:
            self._claim(row, planned, product, existing)
            self._keep(planned)

    def _keep(self, planned: PlannedProduct) -> None:
        if planned.product_id is None:
            self._created.append(planned)
        elif planned.does_something:
            self._changed[planned.product_id] = planned
        elif not planned.is_refused:
            self._unchanged += 1

    def _repeats(self, row: ProductRow, product: Product | None) -> BadCellError | None:
        first = self._skus.setdefault(row.sku_key, row.record)
        if first != row.record:
            return same_sku(first)
        if product is not None:
            first = self._matched.setdefault(product.pk, row.record)
            if first != row.record:
                return same_product(first, product.sku)
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
        self, row: ProductRow, product: Product, existing: Existing
    ) -> PlannedProduct | None:
        values = differences(product, row.values, self._categories)
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
            changes=describe(product, values, self._categories),
        )
        if not self._target.sets_stock:
            return planned
        is_possible = plan_differences(
            row, planned, existing.levels, target=self._target, findings=self._findings
        )
        return planned if is_possible else None

    def _claim(
        self,
        row: ProductRow,
        planned: PlannedProduct,
        product: Product | None,
        existing: Existing,
    ) -> None:
        """Claim what no other product can have."""
        barcode = row.values.get("barcode")
        if barcode:
            owner = existing.barcodes.get(barcode)
            self._claims.claim_barcode(planned, barcode, owner)
        key = _final_variant(row, product)
        if key is not None and (
            product is None or any(name in planned.values for name in VARIANT_FIELDS)
        ):
            self._claims.claim_variant(planned, key, existing.variants.get(key))


def _final_variant(row: ProductRow, product: Product | None) -> VariantKey | None:
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


def _options(row: ProductRow, product: Product | None) -> str:
    """Return the options the product will have, as one text."""
    texts = [
        row.values.get(name, getattr(product, name) if product else "")
        for name in OPTIONS
    ]
    return " / ".join(text for text in texts if text)
