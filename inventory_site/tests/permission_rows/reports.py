"""The addresses of reports and of the movements behind them."""

from inventory_site.tests.permission_rows.row import LOGIN, Row, shop

REPORTS = [
    Row("products:report_stock", "GET", LOGIN, 200, 200, 200, shop),
    Row(
        "products:report_stock_export",
        "GET",
        LOGIN,
        200,
        200,
        200,
        shop,
        is_page=False,
    ),
    Row("products:report_categories", "GET", LOGIN, 200, 200, 200, shop),
    Row("products:report_days", "GET", LOGIN, 200, 200, 200, shop),
    Row("products:report_months", "GET", LOGIN, 200, 200, 200, shop),
    Row("products:report_movements", "GET", LOGIN, 200, 200, 200, shop),
    Row(
        "products:report_movements_export",
        "GET",
        LOGIN,
        200,
        200,
        200,
        shop,
        is_page=False,
    ),
    Row("products:movement_list", "GET", LOGIN, 200, 200, 200, shop),
    Row("products:movement_export", "GET", LOGIN, 200, 200, 200, shop, is_page=False),
]
