"""Every list that has pages offers compact rows in its head."""

import re
from functools import cache

import pytest

from inventory_site.tests.routes import named_routes
from inventory_site.tests.sources import ROOT

NAMED = re.compile(r"""{% (?:include|extends|stencil) "([\w/]+\.html)\"""")
PAGERS = {"components/pager.html", "components/key_pager.html"}
SWITCH = "components/density_switch.html"
TEMPLATES = ROOT / "templates"
# Long on one page, or with rows that are named by a variable.
OTHERS = {
    "products:dashboard",
    "products:import_detail",
    "products:report_stock",
    "products:transfer_detail",
    "products:stock_receive",
    "products:stock_sell",
    "products:transfer_add",
    "products:transfer_edit",
    "products:transfer_receive",
}
# Paged, and yet without it.
SHORT = {
    "products:location_list": "a shop has few places",
    "products:product_explain": "a sum in a dialog",
    "products:closing": "a row for each time the books were closed",
}


@cache
def parts_of(name: str) -> frozenset[str]:
    """Return the names of a template and of all that it is made of."""
    path = TEMPLATES / name
    found = set(NAMED.findall(path.read_text())) if path.exists() else set()
    return frozenset({name}).union(*(parts_of(each) for each in found))


def is_list(name: str) -> bool:
    parts = parts_of(name)
    return bool(parts & PAGERS) and any(
        'class="table-data' in (TEMPLATES / part).read_text()
        for part in parts
        if (TEMPLATES / part).exists()
    )


PAGES = {
    route.name: str(route.view.view_class.template_name)
    for route in named_routes()
    if getattr(getattr(route.view, "view_class", None), "template_name", None)
}
LISTS = {name for name, template in PAGES.items() if is_list(template)} | OTHERS


def test_exceptions_are_lists() -> None:
    assert SHORT.keys() <= LISTS
    assert len(LISTS) > len(SHORT) + len(OTHERS)


@pytest.mark.parametrize("name", sorted(LISTS - SHORT.keys()))
def test_offers_compact_rows(name: str) -> None:
    assert SWITCH in parts_of(PAGES[name])
