"""Which line of the navigation a page belongs to, when it is none itself."""

from functools import cache

from django.urls import NoReverseMatch, ResolverMatch, reverse

DASHBOARD = "products:dashboard"
PEOPLE = "accounts:people_list"
# Pages of one thing whose list is not named after them.
LISTS = {
    "product": DASHBOARD,
    "stock": DASHBOARD,
    "level": DASHBOARD,
    "cost": DASHBOARD,
    "bulk": DASHBOARD,
    "saved": DASHBOARD,
    "columns": DASHBOARD,
    "count": "products:stocktake_list",
    "person": PEOPLE,
    "invitation": PEOPLE,
}
# Those of them that are about no single product, and stand in no navigation.
ABOUT_MANY = ("product_add", "product_export", "bulk_", "saved_", "columns_")


def section(match: ResolverMatch | None) -> str:
    """Return the path of the list that a page belongs to; "" of one that has none.

    A page without arguments that may stand in the navigation itself, such as the
    deleted products, belongs to no other line.
    """
    if match is None or not match.url_name or not match.namespace:
        return ""
    noun = match.url_name.partition("_")[0]
    name = LISTS.get(noun, f"{match.namespace}:{noun}_list")
    is_of_one = bool(match.args or match.kwargs)
    if name == DASHBOARD and not is_of_one:
        return _path(name) if match.url_name.startswith(ABOUT_MANY) else ""
    return _path(name)


@cache
def _path(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
