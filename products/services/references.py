"""Categories, brands and groups by name: found many at once, made when missing."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from products.fields import fold_key
from products.models import Brand, Category, Product, ProductGroup
from products.services.inserting import update_rows
from products.services.locking import lock_products

CategoryPath = tuple[str, ...]  # names from the root: ("Kitchen", "Mugs")
BATCH = 5_000  # keys in one statement


class CategoryPaths:
    """The whole tree by path, compared without regard to case. One query to load."""

    def __init__(self) -> None:
        self._nodes = {node.pk: node for node in Category.objects.all()}
        self._by_key = {
            (node.parent_id, fold_key(node.name)): node for node in self._nodes.values()
        }

    def find(self, path: CategoryPath) -> Category | None:
        """Return the category at the end of `path`, or None."""
        node: Category | None = None
        for name in path:
            node = self._by_key.get((node.pk if node else None, fold_key(name)))
            if node is None:
                return None
        return node

    def path_of(self, pk: int | None) -> CategoryPath:
        """Return the names from the root to the category `pk`; () for none."""
        names: list[str] = []
        while pk is not None:
            node = self._nodes[pk]
            names.append(node.name)
            pk = node.parent_id
        return tuple(reversed(names))

    @transaction.atomic
    def ensure(self, paths: Iterable[CategoryPath]) -> list[Category]:
        """Make the categories that `paths` need and return those that were missing.

        One statement per level of depth.
        """
        missing = {path for path in paths if self.find(path) is None}
        made: list[Category] = []
        for depth in range(1, max(map(len, missing), default=0) + 1):
            made += self._make({path[:depth] for path in missing if len(path) >= depth})
        return made

    def _make(self, paths: set[CategoryPath]) -> list[Category]:
        """Make the last category of each path; those before it are there."""
        new: dict[tuple[int | None, str], Category] = {}
        for path in sorted(paths):
            if self.find(path) is None:
                parent = self.find(path[:-1])
                key = (parent.pk if parent else None, fold_key(path[-1]))
                new.setdefault(key, Category(name=path[-1], parent=parent))
        made: list[Category] = Category.objects.bulk_create(new.values())
        for key, node in zip(new, made, strict=True):
            self._nodes[node.pk] = self._by_key[key] = node
        return made


@transaction.atomic
def ensure_brands(names: Iterable[str]) -> tuple[dict[str, Brand], list[Brand]]:
    """Return the brands of `names` by folded key, and those that had to be made.

    The first spelling of a name is the one that is stored.
    """
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(fold_key(name), name)
    found: dict[str, Brand] = {}
    for keys in _batches(sorted(wanted)):
        rows = Brand.objects.filter(key__in=keys)
        found.update({brand.key: brand for brand in rows})
    missing = [Brand(name=wanted[key]) for key in wanted if key not in found]
    made = Brand.objects.bulk_create(missing, batch_size=BATCH)
    return found | {fold_key(brand.name): brand for brand in made}, made


def settle_brand(product: Product) -> None:
    """Store the brand a form named for the first time, or take the one that is there.

    Such a product carries an unsaved `Brand`. Inside the caller's transaction, so that
    a product that is refused leaves no brand behind.
    """
    brand = product.brand
    if brand is None or not brand._state.adding:
        return
    try:
        with transaction.atomic():
            found, _made = ensure_brands([brand.name])
    except IntegrityError:  # somebody stored it in the same moment
        found, _made = ensure_brands([brand.name])
    product.brand = found[fold_key(brand.name)]


@transaction.atomic
def rename_brand(brand: Brand) -> None:
    """Save a brand that has a new name; its products are found by it from now on.

    Locks the products, a batch of BATCH at a time, by id.
    """
    brand.save(update_fields=["name", "key"])
    rows = Product.objects.filter(brand=brand).order_by("pk")
    ids = list(rows.values_list("pk", flat=True))
    for batch in _batches(ids):
        products = list(lock_products(batch).values())
        update_rows(products, ["search_text"])


@transaction.atomic
def ensure_groups(
    groups: Iterable[ProductGroup],
) -> tuple[dict[str, ProductGroup], list[ProductGroup]]:
    """Return the groups of these handles by folded key, and those that were made.

    `groups` are unsaved; the first of a handle is stored where no group has it yet. A
    group that is there keeps its name and its options.
    """
    wanted: dict[str, ProductGroup] = {}
    for group in groups:
        wanted.setdefault(fold_key(group.handle), group)
    found: dict[str, ProductGroup] = {}
    for keys in _batches(sorted(wanted)):
        rows = ProductGroup.objects.filter(handle_key__in=keys)
        found.update({group.handle_key: group for group in rows})
    missing = [group for key, group in wanted.items() if key not in found]
    made = ProductGroup.objects.bulk_create(missing, batch_size=BATCH)
    return found | {fold_key(group.handle): group for group in made}, made


def _batches(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
