"""Values that a file gives once for all variants of a product.

Here each variant has its own name, description and status, in Shopify's files only the
product has them. When the first variant has what the file says already, the file says
nothing new, and variants that differ keep what they have. So a file that was exported
changes nothing, and one with a new value changes all of them.
"""

from collections.abc import Callable, Iterable, Sequence

from products.importing.comparing import differences
from products.importing.fields import tidy_line
from products.importing.known import KnownProduct
from products.importing.rows import ProductRow
from products.models import Product
from products.services.references import CategoryPaths

SHARED = ("name", "description", "brand", "category", "tags", "status")

Match = Callable[[ProductRow], KnownProduct | None]


def leave_own_values(rows: Sequence[ProductRow], match: Match) -> None:
    """Take from `rows` what the first variant of their product has already.

    `match` finds the product of a row. No query when no row is about a variant that is
    there; otherwise one, and another when a title is that of the group.
    """
    found = [
        (row, product)
        for row, product in ((row, match(row)) for row in rows if row.shared)
        if product is not None and _is_its_variant(row, product)
    ]
    if not found:
        return
    categories = CategoryPaths()
    named = _groups_with_several_names(
        row for row, product in found if _is_titled(row, product)
    )
    for row, product in found:
        shared = row.shared
        if shared is None:
            continue
        if shared.known is None:
            said = {name: row.values[name] for name in SHARED if name in row.values}
            news = differences(product, said, categories).keys()
            known = said.keys() - news
            if shared.handle_key in named and _is_titled(row, product):
                known |= {"name"}
            shared.known = frozenset(known)
        for name in shared.known:
            row.values.pop(name, None)


def _is_its_variant(row: ProductRow, product: KnownProduct) -> bool:
    return row.shared is not None and product.handle_key == row.shared.handle_key


def _is_titled(row: ProductRow, product: KnownProduct) -> bool:
    """Say whether the file has the name of the group for a title."""
    title = tidy_line(product.group_name)
    return bool(product.handle_key) and title == row.values["name"]


def _groups_with_several_names(rows: Iterable[ProductRow]) -> set[str]:
    """Return the handles whose variants have names of their own.

    Exports write the name of the group for those.
    """
    keys = {row.shared.handle_key for row in rows if row.shared is not None}
    if not keys:
        return set()
    names = Product.objects.filter(group__handle_key__in=keys).values_list(
        "group__handle_key", "name"
    )
    first: dict[str, str] = {}
    return {str(key) for key, name in names if first.setdefault(str(key), name) != name}
