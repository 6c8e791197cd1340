"""The addresses of imports and of the export."""

from collections.abc import Mapping

from inventory_site.tests.permission_rows.row import LOGIN, Row
from products.tests.importing.files import import_text, plan_text

TEXT = "sku,name,price\nA,Mug,1\nB,Cup,x\n"


def import_run() -> Mapping[str, object]:
    return {"pk": import_text(TEXT).run.pk}


def preview() -> Mapping[str, object]:
    return {"pk": plan_text(TEXT).pk}


def unknown_table() -> Mapping[str, object]:
    return {"pk": plan_text("Nr;Titel;Preis\nA;Mug;1,50\nB;Cup;2,00\n").pk}


IMPORTS = [
    Row("products:import_list", "GET", LOGIN, 403, 403, 200),
    Row("products:import_add", "GET", LOGIN, 403, 403, 200),
    Row("products:import_add", "POST", LOGIN, 403, 403, 200),
    Row("products:import_detail", "GET", LOGIN, 403, 403, 200, preview),
    Row("products:import_columns", "GET", LOGIN, 403, 403, 200, unknown_table),
    Row("products:import_columns", "POST", LOGIN, 403, 403, 200, unknown_table),
    Row(
        "products:import_progress",
        "GET",
        LOGIN,
        403,
        403,
        302,
        preview,
        is_page=False,
    ),
    Row("products:import_tick", "POST", LOGIN, 403, 403, 302, preview),
    Row("products:import_apply", "POST", LOGIN, 403, 403, 302, preview),
    Row("products:import_discard", "GET", LOGIN, 403, 403, 200, preview),
    Row("products:import_discard", "POST", LOGIN, 403, 403, 302, preview),
    Row("products:import_restart", "POST", LOGIN, 403, 403, 302, preview),
    Row(
        "products:import_refused",
        "GET",
        LOGIN,
        403,
        403,
        200,
        import_run,
        is_page=False,
    ),
    Row("products:product_export", "GET", LOGIN, 403, 403, 200),
    Row(
        "products:product_export_file",
        "GET",
        LOGIN,
        403,
        403,
        302,
        is_page=False,
    ),
]
