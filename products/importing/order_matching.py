"""What the shop knows of the order lines of a file: goods, stock, earlier postings."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from products.fields import fold_key
from products.importing.order_lines import OrderRow
from products.importing.order_refusals import (
    RefusedLine,
    name_ambiguous,
    name_unknown,
    sku_unknown,
)
from products.models import Product, StockLevel
from products.services.locking import BATCH, LevelKey, batches
from products.services.order_states import LineState, find_states

NAME_LENGTH = 255  # of a product
LINKS = " - "  # between a product's name and its options, in the name of a line


@dataclass(frozen=True, slots=True)
class Shop:
    """What a batch of lines may match."""

    states: Mapping[str, LineState]
    by_sku: Mapping[str, Product]
    by_id: Mapping[int, Product]
    by_label: Mapping[str, Sequence[Product]]
    levels: Mapping[LevelKey, StockLevel]

    def product_of(self, row: OrderRow) -> Product:
        """Return the one product that the line sold; raises RefusedLine.

        By its SKU; a line without one by its name, which is the product's, or that and
        the options: "T-shirt - M / Blue".
        """
        if row.sku:
            product = self.by_sku.get(fold_key(row.sku))
            if product is None:
                raise RefusedLine("sku", row.sku, sku_unknown())
            return product
        found = self.by_label.get(row.name, ())
        if not found:
            raise RefusedLine("line_name", row.name, name_unknown())
        if len(found) > 1:
            raise RefusedLine("line_name", row.name, name_ambiguous(len(found)))
        return found[0]


def label_of(product: Product) -> str:
    """Return what other shops call the product in an order: with its options."""
    return LINKS.join(filter(None, (product.name, product.options)))


def look_up(rows: Sequence[OrderRow], location_ids: Collection[int]) -> Shop:
    """Return what the lines may match; five queries, one more for lines without a SKU.

    Levels are read at `location_ids`, and where something was sold before.
    """
    states = find_states({row.key for row in rows})
    sales = [state.sale for state in states.values() if state.sale is not None]
    unknown = [
        row for row in rows if states[row.key].sale is None and not row.is_cancelled
    ]
    keys = {fold_key(row.sku) for row in unknown if row.sku}
    ids = {sale.product_id for sale in sales}
    products = list(
        Product.objects.filter(Q(sku_key__in=keys) | Q(pk__in=ids)).defer("search_text")
    )
    named = _named({row.name for row in unknown if not row.sku})
    by_id = {product.pk: product for product in [*products, *named]}
    places = {*location_ids, *(sale.location_id for sale in sales)}
    levels = [
        level
        for batch in batches(by_id)
        for level in StockLevel.objects.filter(product__in=batch, location__in=places)
    ]
    return Shop(
        states=states,
        by_sku={product.sku_key: product for product in products},
        by_id=by_id,
        by_label=_by_label(named),
        levels={(level.product_id, level.location_id): level for level in levels},
    )


def _named(names: Collection[str]) -> Sequence[Product]:
    """Return the products that a line may mean by one of `names`; none without."""
    # "A - B - C" may be a product of that name, or "A - B" in the option "C".
    possible = sorted({start for name in names for start in _starts(name)})
    return [
        product
        for start in range(0, len(possible), BATCH)
        for product in Product.objects.filter(
            name__in=possible[start : start + BATCH]
        ).defer("search_text")
    ]


def _starts(name: str) -> Iterator[str]:
    """Yield what of `name` may be the name of a product: all, or up to a link."""
    if len(name) <= NAME_LENGTH:
        yield name
    end = name.find(LINKS)
    while 0 <= end <= NAME_LENGTH:
        yield name[:end]
        end = name.find(LINKS, end + 1)


def _by_label(products: Iterable[Product]) -> dict[str, list[Product]]:
    """Return what lines may call the products; MariaDB found other cases, too."""
    found: dict[str, list[Product]] = defaultdict(list)
    for product in products:
        for label in {product.name, label_of(product)}:
            found[label].append(product)
    return found
