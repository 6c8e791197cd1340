"""The addresses of what is done to many chosen products."""

from inventory_site.tests.permission_rows.row import LOGIN, Row

BULK = [
    Row("products:bulk_archive", "GET", LOGIN, 403, 403, 200),
    Row("products:bulk_archive", "POST", LOGIN, 403, 403, 200),
    Row("products:bulk_activate", "GET", LOGIN, 403, 403, 200),
    Row("products:bulk_activate", "POST", LOGIN, 403, 403, 200),
    Row("products:bulk_categorise", "GET", LOGIN, 403, 403, 200),
    Row("products:bulk_categorise", "POST", LOGIN, 403, 403, 200),
    Row("products:bulk_adjust", "GET", LOGIN, 403, 200, 200),
    Row("products:bulk_adjust", "POST", LOGIN, 403, 200, 200),
    Row("products:bulk_export", "GET", LOGIN, 403, 403, 200),
    Row("products:bulk_export", "POST", LOGIN, 403, 403, 200),
]
