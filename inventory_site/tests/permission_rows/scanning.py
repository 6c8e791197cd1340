"""The addresses of scanning."""

from inventory_site.tests.permission_rows.row import LOGIN, Row

SCANNING = [
    # Without a code it leads to the page that reads one.
    Row("products:code_find", "GET", LOGIN, 302, 302, 302),
    Row("products:scan", "GET", LOGIN, 200, 200, 200),
]
