"""A page of the list of products: which rows, and where the pages beside it begin."""

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from functools import partial

from django.db.models import Exists, OuterRef

from products.fields import PART
from products.models import Product
from products.models.product_queries import ProductQuerySet, WalkedQuerySet
from products.models.stretches import Key, Order, Place
from products.models.walking import Narrow, Reach, keys_in_order
from products.reports.listing import ListedProduct, list_products

Read = Callable[[Collection[int]], dict[int, ListedProduct]]

SHORTEST_CODE = 4  # what is shorter may begin half of all SKUs


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list shows: `narrow` keeps it, `narrow_others` does so but for `text`.

    `is_narrow` is false where hardly anything is left out, `is_counted_by_index` true
    where an index alone tells how many are left. `name` says all that `narrow` does,
    for lists that are asked for again and again.
    """

    order: Order
    narrow: Narrow
    narrow_others: Narrow
    text: str = ""
    is_narrow: bool = True
    is_counted_by_index: bool = False
    name: Hashable = None


@dataclass(frozen=True, slots=True)
class ProductPage:
    """`previous` and `next` are the keys to go on from; None where the list ends."""

    rows: list[ListedProduct]
    previous: Key | None
    next: Key | None


def product_page(
    asked: Asked,
    *,
    place: Place,
    size: int,
    shelf_at: int | None = None,
    are_few: bool = False,
    columns: Iterable[str] = (),
) -> ProductPage:
    """Return the page of `size` products at `place`, rows as of `list_products`.

    With `are_few` they are known to be, and are all sorted.

    The product whose code `text` is comes first, whatever the order. Where the text
    can be nothing but a code, the others are those whose SKU begins with it. A place
    that is no more there does no harm; where nothing is behind it, the first page is
    shown. Two queries, one more for a text that is no code with one product, two more
    where what is left is rare, and twice as many where rows without a price follow the
    others.
    """
    read = partial(list_products, shelf_at=shelf_at, columns=columns)
    exact = _find_exact(asked)
    keys = _Keys(asked, exact, are_few=are_few)
    if place.key is not None:
        go = keys.before if place.is_backwards else keys.after
        page = go(place.key, size)
        if page is not None:
            return _with_rows(page, None, read)
    return _with_rows(keys.first(size), exact, read)


@dataclass(frozen=True, slots=True)
class _Exact:
    """The product whose code was asked for; with `is_alone` the page is just it."""

    pk: int
    is_code: bool  # and nothing else: the others are those whose SKU begins with it
    is_alone: bool


def _find_exact(asked: Asked) -> _Exact | None:
    if not asked.text:
        return None
    # What tells codes apart; the page reads the rest of it with the others.
    products = asked.narrow_others(WalkedQuerySet(Product).only("barcode", "sku"))
    is_code = looks_like_code(asked.text)
    if is_code:
        others = _beginning(asked, ProductQuerySet(Product).exclude(pk=OuterRef("pk")))
        products = products.annotate(is_alone=~Exists(others))
    found = products.find_by_code(asked.text)
    if found is None:
        return None
    return _Exact(found.pk, is_code, is_alone=getattr(found, "is_alone", False))


def _beginning(asked: Asked, products: ProductQuerySet) -> ProductQuerySet:
    """Return what is listed beside the product whose code `text` is."""
    return asked.narrow_others(products).beginning(asked.text)


def looks_like_code(text: str) -> bool:
    """Say whether a text that is a product's code is most likely meant as one."""
    is_long = len(text) >= SHORTEST_CODE and len(text.split()) == 1
    return is_long and any(char.isdigit() for char in text) and bool(PART.search(text))


@dataclass(frozen=True, slots=True)
class _Page:
    keys: list[Key]
    previous: Key | None = None
    next: Key | None = None


class _Keys:
    """The keys of a list besides the product whose code was asked for."""

    def __init__(self, asked: Asked, exact: _Exact | None, *, are_few: bool) -> None:
        self._asked, self._exact = asked, exact
        self._reach = Reach.SOME if asked.is_narrow else Reach.ALL
        if are_few or (exact is not None and exact.is_code):
            self._reach = Reach.FEW

    def first(self, size: int) -> _Page:
        room = size - (self._exact is not None)
        found = self._fetch(room + 1)
        keys = found[:room]
        return _Page(keys, next=keys[-1] if len(found) > room else None)

    def after(self, key: Key, size: int) -> _Page | None:
        """Return what stands behind `key`; None where nothing does."""
        found = self._fetch(size + 1, key)
        keys = found[:size]
        if not keys:
            return None
        return _Page(keys, keys[0], keys[-1] if len(found) > size else None)

    def before(self, key: Key, size: int) -> _Page | None:
        """Return what stands before `key`; None where that is less than a page."""
        found = self._fetch(size + 1, key, backwards=True)
        keys = found[:size][::-1]
        if len(found) > size:
            return _Page(keys, keys[0], keys[-1])
        is_whole = len(keys) == size and self._exact is None
        return _Page(keys, next=keys[-1]) if is_whole else None

    def _fetch(
        self, limit: int, start: Key | None = None, *, backwards: bool = False
    ) -> list[Key]:
        if self._exact is not None and self._exact.is_alone:
            return []
        return keys_in_order(
            self._asked.order,
            self._narrow,
            limit=limit,
            place=Place(start, is_backwards=backwards),
            reach=self._reach,
            name=self._asked.name if self._exact is None else None,
        )

    def _narrow(self, products: ProductQuerySet) -> ProductQuerySet:
        if self._exact is None:
            return self._asked.narrow(products)
        others = products.exclude(pk=self._exact.pk)
        if self._exact.is_code:
            return _beginning(self._asked, others)
        return self._asked.narrow(others)


def _with_rows(page: _Page, exact: _Exact | None, read: Read) -> ProductPage:
    ids = [exact.pk] if exact else []
    ids += [key.pk for key in page.keys]
    by_id = read(ids)
    return ProductPage(
        [by_id[pk] for pk in ids if pk in by_id], page.previous, page.next
    )
