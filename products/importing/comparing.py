"""Old against new, field by field: what an import would change in one product."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from products.fields import fold_key
from products.importing.fields import TIDY, tidy_line
from products.importing.known import KnownProduct
from products.importing.rows import GroupRow
from products.services.references import CategoryPaths
from products.tabular.own_csv import join_path

Change = tuple[str, str, str]  # field, old, new; the values as people read them


def differences(
    product: KnownProduct, values: Mapping[str, Any], categories: CategoryPaths
) -> dict[str, Any]:
    """Return the entries of `values` that `product` doesn't have already.

    Texts are equal when they are tidied; categories, brands and groups when their
    folded names are.
    """
    return {
        name: value
        for name, value in values.items()
        if not _is_same(product, name, value, categories)
    }


def describe(
    product: KnownProduct, values: Mapping[str, Any], categories: CategoryPaths
) -> list[Change]:
    """Return old and new of each entry of `values`, as a person reads them."""
    return [
        (name, shown_value(_old(product, name, categories)), shown_value(value))
        for name, value in values.items()
    ]


def shown_value(value: Any) -> str:
    """Return a value of a row or a product as text; "" for none."""
    if isinstance(value, tuple):
        return join_path(value)
    if isinstance(value, GroupRow):
        return value.handle
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)


def _is_same(
    product: KnownProduct, name: str, value: Any, categories: CategoryPaths
) -> bool:
    old: Any = _old(product, name, categories)
    if old == value:
        return True
    if name == "category":
        return _folded(old) == _folded(value)
    if name == "brand":
        return _folded([old]) == _folded([value])
    if name == "group":
        return _folded([old]) == _folded([value.handle if value else ""])
    if name in TIDY:
        return bool(TIDY[name](old) == value)
    return False


def _folded(names: Iterable[str]) -> list[str]:
    """Return the keys of `names` as reading them would make them."""
    folded = (fold_key(tidy_line(name)) for name in names)
    return [key for key in folded if key]


def _old(product: KnownProduct, name: str, categories: CategoryPaths) -> Any:
    if name == "category":
        return categories.path_of(product.category_id)
    if name == "brand":
        return product.brand
    if name == "group":
        return product.handle
    return getattr(product, name)
