"""The category tree as one query brings it, for paths, filters and crumbs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from inventory_site.statements import Prepared
from products.fields import fold_words
from products.models import Category

SEPARATOR = " › "

CATEGORIES = Prepared(
    lambda: Category.objects.order_by().values_list("pk", "parent_id", "name")
)

_Row = tuple[int, int | None, str]


@dataclass(frozen=True, slots=True)
class Node:
    """A category in its place: `lineage` are the ids from its root down to itself."""

    pk: int
    name: str
    lineage: tuple[int, ...]
    path: str
    below: frozenset[int]  # itself and everything inside it

    @property
    def depth(self) -> int:
        """0 for a root."""
        return len(self.lineage) - 1


CategoryTree = Mapping[int, Node]


def category_tree() -> CategoryTree:
    """Return every category by id, parents before their children; one query.

    Siblings are in alphabetical order without regard to case and accents, the same
    on every database.
    """
    return tree_of(CATEGORIES.rows())


# Pages ask for the tree all day and it seldom changes: the same rows are the same tree.
@lru_cache(maxsize=4)
def tree_of(rows: tuple[_Row, ...]) -> CategoryTree:
    """Return the tree of these categories: ids, those of their parents, and names."""
    children: dict[int | None, list[_Row]] = {}
    for row in sorted(rows, key=lambda row: (fold_words(row[2]), row[0])):
        children.setdefault(row[1], []).append(row)
    return MappingProxyType({node.pk: node for node in _walk(children, None, (), "")})


def _walk(
    children: Mapping[int | None, list[_Row]],
    parent: int | None,
    lineage: tuple[int, ...],
    prefix: str,
) -> Iterator[Node]:
    for pk, _parent, name in children.get(parent, []):
        own, path = (*lineage, pk), f"{prefix}{name}"
        inside = list(_walk(children, pk, own, f"{path}{SEPARATOR}"))
        below = frozenset([pk, *(node.pk for node in inside)])
        yield Node(pk, name, own, path, below)
        yield from inside
