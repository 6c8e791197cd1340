"""What narrows the list of products: the search and the filters of its address."""

from collections.abc import Collection, Hashable
from copy import copy, deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from django.db.models import Case, OrderBy, Q, Value, When
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from products.fields import fold_key
from products.forms.filters import ListFilterForm, SearchField
from products.forms.selects import Options
from products.models import Product
from products.models.product_queries import ProductQuerySet
from products.reports.categories import CategoryTree, Node

INDENT = "\N{EM SPACE}"
ALL = "all"
MISSING = "missing"


class CheaplyCopied:
    """A filter that each page copies without what never changes in it.

    Django-filter copies filters in depth, for they are changed by some; ours are given
    other choices and a set of filters to belong to.
    """

    extra: dict[str, Any]
    method: Any

    def __deepcopy__(self, memo: object) -> Self:
        twin = copy(self)
        twin.extra = dict(self.extra)
        twin.method = self.method  # looks for it in the set of the copy
        return twin


class SearchFilter(CheaplyCopied, CharFilter):
    field_class = SearchField


class OptionFilter(CheaplyCopied, ChoiceFilter):
    pass


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A filter that is set, in words: “Category”, “Kitchen › Mugs”."""

    name: str
    label: str
    value: str


class ProductFilter(FilterSet):
    """Reads the filters from an address; a value that makes no sense counts as not set.

    Without a status the archive is left out. `cost` is a filter for those who may see
    costs and unknown to others, `location` one for shops with several. Categories,
    brands and locations are handed in, so that looking at the form asks the database
    nothing.
    """

    q = SearchFilter(label=_("Search"), method="search")
    category = OptionFilter(
        label=_("Category"), method="within_category", empty_label=_("All")
    )
    brand = OptionFilter(label=_("Brand"), method="of_brand", empty_label=_("All"))
    stock = OptionFilter(
        label=_("Stock"),
        method="in_stock_state",
        choices=Product.StockStatus.choices,
        empty_label=_("Any"),
    )
    status = OptionFilter(
        label=_("Status"),
        method="with_status",
        choices=[*Product.Status.choices, (ALL, _("All"))],
        empty_label=_("Not archived"),
    )
    location = OptionFilter(
        label=_("Location"), method="at_location", empty_label=_("All")
    )
    cost = OptionFilter(
        label=_("Cost"),
        method="without_cost",
        choices=[(MISSING, _("Missing"))],
        empty_label=_("Any"),
    )

    def __init__(
        self,
        data: MultiValueDict[str, str],
        *,
        tree: CategoryTree,
        brands: tuple[tuple[int, str], ...],
        locations: tuple[tuple[int, str], ...],
        sees_cost: bool,
    ) -> None:
        super().__init__(data, Product.objects.all())
        self.tree = tree
        chosen = data.get("category", "")
        categories = ((node.pk, _option(node, chosen=chosen)) for node in tree.values())
        self._options = (
            ("category", Options.of(tuple(categories))),
            ("brand", Options.of(brands)),
            ("location", Options.of(locations)),
        )
        if len(locations) == 1:
            del self.filters["location"]
        if not sees_cost:
            del self.filters["cost"]

    def get_form_class(self) -> type[ListFilterForm]:
        return _form_class(tuple(self.filters), self._options)

    @property
    def narrowings(self) -> list[Narrowing]:
        """The filters that are set, in words."""
        return [
            Narrowing(name, str(self.form[name].label), self._words(name, text))
            for name, text in self.form.state.items()
        ]

    @property
    def name(self) -> Hashable:
        """What tells the products that the filters keep from those of others."""
        state = self.form.state
        category = state.get("category")
        within = self.tree[int(category)].below if category else None
        return (tuple(state.items()), within)

    def exact_first(self) -> list[OrderBy]:
        """Return an order that puts the product with just this SKU or barcode on top.

        Nothing without a search: the list then keeps the order of an index.
        """
        text = self.form.state.get("q", "")
        if not text:
            return []
        is_it = Q(sku_key=fold_key(text)) | Q(barcode=text)
        return [Case(When(is_it, then=Value(0)), default=Value(1)).asc()]

    def filter_queryset(self, queryset: ProductQuerySet) -> ProductQuerySet:
        return self.narrow(queryset)

    def narrow(
        self, products: ProductQuerySet, *, besides: Collection[str] = ()
    ) -> ProductQuerySet:
        """Return what the filters keep of `products`; those named in `besides` rest."""
        state = self.form.state
        # In their order: SQLite asks first what leaves out the most.
        for name in [name for name in state if name not in besides]:
            products = self.filters[name].filter(products, state[name])
        return products if "status" in state else products.listed()

    def search(
        self, queryset: ProductQuerySet, _name: str, text: str
    ) -> ProductQuerySet:
        return queryset.search(text)

    def within_category(
        self, queryset: ProductQuerySet, _name: str, pk: str
    ) -> ProductQuerySet:
        return queryset.within(self.tree[int(pk)].below)

    def of_brand(
        self, queryset: ProductQuerySet, _name: str, pk: str
    ) -> ProductQuerySet:
        return queryset.of_brand(int(pk))

    def in_stock_state(
        self, queryset: ProductQuerySet, _name: str, state: str
    ) -> ProductQuerySet:
        return queryset.in_stock_state(state)

    def at_location(
        self, queryset: ProductQuerySet, _name: str, pk: str
    ) -> ProductQuerySet:
        return queryset.stocked_at(int(pk))

    def with_status(
        self, queryset: ProductQuerySet, _name: str, status: str
    ) -> ProductQuerySet:
        return queryset if status == ALL else queryset.with_status(status)

    def without_cost(
        self, queryset: ProductQuerySet, _name: str, _value: str
    ) -> ProductQuerySet:
        return queryset.without_cost()

    def _words(self, name: str, text: str) -> str:
        if name == "category":
            return self.tree[int(text)].path
        choices = dict(getattr(self.form.fields[name], "choices", ()))
        return str(choices.get(text, text))


# Made once for the same choices: most of what a form costs is making its fields.
@lru_cache(maxsize=16)  # of some 15 KB
def _form_class(
    names: tuple[str, ...], options: tuple[tuple[str, Options], ...]
) -> type[ListFilterForm]:
    filters = {name: deepcopy(ProductFilter.base_filters[name]) for name in names}
    for name, choices in options:
        if name in filters:
            filters[name].extra["choices"] = choices
    fields = {name: one.field for name, one in filters.items()}
    return type("ProductFilterForm", (ListFilterForm,), fields)


def _option(node: Node, *, chosen: str) -> str:
    """Indented in the open list; with its whole path where it is the chosen one."""
    return node.path if str(node.pk) == chosen else INDENT * node.depth + node.name
