"""Every form that writes stock carries a key; see docs/decisions/forms.md."""

from typing import Any

import pytest

from inventory_site.tests.routes import named_routes
from products.forms.once import OnceForm
from products.views.once import OncePage

STOCK = {
    f"products.{codename}"
    for codename in (
        "adjust_stock",
        "apply_stocktake",
        "correct_cost",
        "count_stock",
        "delete_product",
        "hold_stock",
        "import_products",
        "transfer_stock",
    )
}
COUNT_KEY = "each count has a key of its own"
BY_CLAIM = "whoever claims the run does it; the others find it done"
BY_STATE = "moves no stock; the state it leaves behind refuses it a second time"
SAME_AGAIN = "moves no stock; the second time finds it done"
OTHERWISE = {
    "products:count_add": COUNT_KEY,
    "products:count_void": SAME_AGAIN,
    "products:import_add": "moves no stock; each file is a plan of its own",
    "products:import_apply": BY_CLAIM,
    "products:import_columns": BY_STATE,
    "products:import_discard": BY_STATE,
    "products:import_restart": BY_CLAIM,
    "products:import_tick": SAME_AGAIN,
    "products:stocktake_add": "moves no stock; the service knows the same plan again",
    "products:stocktake_cancel": BY_STATE,
    "products:stocktake_count": COUNT_KEY,
    "products:stocktake_finish": BY_STATE,
    "products:stocktake_reopen": BY_STATE,
    "products:stocktake_review": SAME_AGAIN,
    "products:stocktake_start": BY_STATE,
}
"""Why each of these may be sent twice all the same."""


def permissions_of(view: Any) -> set[str]:
    needed = getattr(view, "permission_required", ())
    return {needed} if isinstance(needed, str) else set(needed or ())


WRITERS = {
    route.name: route.view.view_class
    for route in named_routes()
    if hasattr(route.view, "view_class")
    and hasattr(route.view.view_class, "post")
    and "post" in route.view.view_class.http_method_names
    and permissions_of(route.view.view_class) & STOCK
}


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_stock_is_written_once(name: str) -> None:
    view = WRITERS[name]
    form = getattr(view, "form_class", None)
    is_once = issubclass(view, OncePage) and (
        form is None or issubclass(form, OnceForm)
    )
    assert is_once != (name in OTHERWISE)


def test_no_exception_is_left_over() -> None:
    assert set(OTHERWISE) <= set(WRITERS)
