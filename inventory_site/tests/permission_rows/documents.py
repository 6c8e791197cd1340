"""The addresses of deliveries, sales and corrections of cost."""

from inventory_site.tests.permission_rows.row import LOGIN, Row, product

DOCUMENTS = [
    Row("products:stock_receive", "GET", LOGIN, 403, 200, 200),
    Row("products:stock_receive", "POST", LOGIN, 403, 200, 200),
    Row("products:stock_sell", "GET", LOGIN, 403, 200, 200),
    Row("products:stock_sell", "POST", LOGIN, 403, 200, 200),
    Row("products:line_find", "GET", LOGIN, 403, 200, 200, is_page=False),
    Row("products:cost_correct", "GET", LOGIN, 403, 403, 200, product),
    Row("products:cost_correct", "POST", LOGIN, 403, 403, 200, product),
]
