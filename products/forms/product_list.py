"""The list of products that an address describes: filters, search, order."""

from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

from products.forms.listing import ListingForm
from products.forms.product_filter import ALL, ProductFilter
from products.models.product_queries import ProductQuerySet
from products.reports.choices import list_choices
from products.reports.product_pages import Asked

COUNTED_BY_INDEX = {"category", "brand", "stock", "status"}


class ProductList:
    """What the dashboard lists, for whoever shows it or writes it to a file.

    `filter` and `listing` are the forms behind it; `locations` are ids and names. One
    query for the choices. What makes no sense in the address counts as not set.
    """

    def __init__(self, address: MultiValueDict[str, str], *, sees_cost: bool) -> None:
        choices = list_choices()
        self.locations = choices.locations
        self.filter = ProductFilter(
            address,
            tree=choices.tree,
            brands=choices.brands,
            locations=choices.locations,
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

    def label_of(self, name: str) -> str:
        """Return what a filter or the order is called, also one that is not there."""
        field = ProductFilter.base_filters.get(name) or ListingForm.base_fields.get(
            name
        )
        return str(field.label) if field else name

    @cached_property
    def asked(self) -> Asked:
        """The list as `product_page` and `count_found` take it."""
        filters: dict[str, str] = self.filter.form.state
        return Asked(
            order=self.listing.order,
            narrow=self.filter.narrow,
            narrow_others=lambda products: self.filter.narrow(products, besides={"q"}),
            text=filters.get("q", ""),
            is_narrow=bool(filters) and filters != {"status": ALL},
            is_counted_by_index=filters.keys() <= COUNTED_BY_INDEX,
            name=None if "q" in filters else self.filter.name,
        )

    @property
    def products(self) -> ProductQuerySet:
        """Everything the list shows, on all its pages, in its order."""
        products: ProductQuerySet = self.filter.qs
        first = self.filter.exact_first()
        return products.order_by(*first, *self.listing.order_by)
