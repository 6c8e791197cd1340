"""The addresses that move stock."""

from inventory_site.tests.permission_rows.row import LOGIN, Row, product

STOCK = [
    Row("products:stock_adjust", "GET", LOGIN, 403, 200, 200, product),
    Row("products:stock_adjust", "POST", LOGIN, 403, 200, 200, product),
]
