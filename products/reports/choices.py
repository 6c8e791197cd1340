"""What the list of products can be narrowed by, in one statement.

Written out, because every dashboard asks for it: three statements would take three
journeys to a server.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from inventory_site.statements import Row, ask
from products.fields import fold_words
from products.reports.categories import CategoryTree, tree_of

CHOICES = """
SELECT 'category', id, parent_id, name FROM products_category
UNION ALL SELECT 'brand', id, NULL, name FROM products_brand
UNION ALL SELECT 'place', id, priority, name FROM products_location WHERE kind = 'stock'
"""

Names = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Brands and locations by id and name, in the order in which they are offered."""

    tree: CategoryTree
    brands: Names
    locations: Names


def list_choices() -> Choices:
    """Return the categories, brands and locations there are; one query.

    Names are in alphabetical order without regard to case and accents, the same on
    every database; locations by their priority before that.
    """
    return _choices(tuple(ask(CHOICES)))


# Pages ask all day and it seldom changes: the same rows are the same choices.
@lru_cache(maxsize=4)
def _choices(rows: tuple[Row, ...]) -> Choices:
    return Choices(
        tree_of(tuple(_of("category", rows))),
        tuple((pk, name) for pk, _none, name in sorted(_of("brand", rows), key=_key)),
        tuple((pk, name) for pk, _rank, name in sorted(_of("place", rows), key=_key)),
    )


def _of(what: str, rows: tuple[Row, ...]) -> Iterator[tuple[int, int | None, str]]:
    return ((pk, number, name) for kind, pk, number, name in rows if kind == what)


def _key(row: tuple[int, int | None, str]) -> tuple[int, str, int]:
    pk, rank, name = row
    return rank or 0, fold_words(name), pk
