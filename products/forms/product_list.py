"""The list of products that an address describes: filters, search, order."""

from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

from products.forms.filters import ProductFilter
from products.forms.listing import ListingForm
from products.models import Brand, Location
from products.models.product_queries import ProductQuerySet
from products.reports.categories import category_tree


class ProductList:
    """What the dashboard lists, for whoever shows it or writes it to a file.

    `filter` and `listing` are the forms behind it; `locations` are ids and names. Three
    queries for the choices. What makes no sense in the address counts as not set.
    """

    def __init__(self, address: MultiValueDict[str, str], *, sees_cost: bool) -> None:
        places = Location.objects.filter(kind=Location.Kind.STOCK)
        self.locations = list(places.values_list("pk", "name"))
        self.filter = ProductFilter(
            address,
            tree=category_tree(),
            brands=list(Brand.objects.values_list("pk", "name")),
            locations=self.locations,
            sees_cost=sees_cost,
        )
        self.listing = ListingForm(address)

    @cached_property
    def state(self) -> dict[str, str]:
        """What is set and makes sense, as it stands in the address."""
        filters: dict[str, str] = self.filter.form.state
        return filters | self.listing.state

    @property
    def ignored(self) -> list[str]:
        """The labels of what is set and makes no sense, such as a deleted category.

        The length of a page is not among them: it decides nothing about the products.
        """
        forms = (self.filter.form, self.listing)
        names = [(form, name) for form in forms for name in form.errors]
        return [str(form[name].label) for form, name in names if name != "size"]

    def in_order(self, products: ProductQuerySet) -> ProductQuerySet:
        """Return `products` in the order of the list."""
        return products.order_by(*self.filter.exact_first(), *self.listing.order)

    @property
    def products(self) -> ProductQuerySet:
        """Everything the list shows, on all its pages, in its order."""
        return self.in_order(self.filter.qs)
