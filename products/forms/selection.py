"""Which products were chosen on the list: these, or everything that it shows."""

from urllib.parse import parse_qs

from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

from products.fields import is_number
from products.forms.product_list import ProductList
from products.models import Product
from products.models.product_queries import ProductQuerySet
from products.services.bulk import MOST

LONGEST_ADDRESS = 8_000  # characters; the longest search is half of that


class Selection:
    """Read from what was sent: ticks (`product`), ids by commas (`chosen`), or a list.

    `list` is the address of the list they were chosen on, and with `whole` all that it
    shows is meant. What is no id is left out.
    """

    def __init__(self, sent: MultiValueDict[str, str], *, sees_cost: bool) -> None:
        self._sees_cost = sees_cost
        address = sent.get("list", "")
        self._is_cut = len(address) > LONGEST_ADDRESS
        _path, _mark, self.query = address[:LONGEST_ADDRESS].partition("?")
        self.is_whole = bool(sent.get("whole"))
        ticks = [*sent.getlist("product"), *sent.get("chosen", "").split(",")]
        ids = {int(text) for text in ticks if is_number(text)}
        self._ticked = () if self.is_whole else tuple(sorted(ids))

    @cached_property
    def listed(self) -> ProductList:
        """The list they were chosen on; three queries."""
        read = MultiValueDict(parse_qs(self.query, errors="ignore"))
        return ProductList(read, sees_cost=self._sees_cost)

    @property
    def is_lost(self) -> bool:
        """Whether a whole list is meant that can't be shown any more as it was.

        A filter that means nothing is left out of a list: that would be more products
        than were meant.
        """
        return self.is_whole and (self._is_cut or bool(self.listed.ignored))

    @cached_property
    def ids(self) -> tuple[int, ...]:
        """The ids, of a whole list one more than can be changed at most; one query."""
        if self.is_lost:
            return ()
        if not self.is_whole:
            return self._ticked
        rows = self.listed.filter.qs.order_by()
        return tuple(rows.values_list("pk", flat=True)[: MOST + 1])

    @property
    def products(self) -> ProductQuerySet:
        """The products in the order of the list."""
        if self.is_whole:
            return self.listed.products
        ticked = Product.objects.filter(pk__in=self._ticked)
        return ticked.order_by(*self.listed.listing.order_by)

    @property
    def chosen(self) -> str:
        """The ids as a form carries them; "" for a whole list."""
        return ",".join(str(pk) for pk in self._ticked)
