"""The addresses of the catalogue."""

from inventory_site.tests.permission_rows.row import (
    LOGIN,
    Row,
    product,
    product_of_shop,
    shop,
)

PRODUCTS = [
    Row("products:dashboard", "GET", LOGIN, 200, 200, 200, shop),
    Row("products:product_detail", "GET", LOGIN, 200, 200, 200, product_of_shop),
    Row("products:product_movements", "GET", LOGIN, 200, 200, 200, product_of_shop),
    Row("products:product_add", "GET", LOGIN, 403, 403, 200),
    Row("products:product_add", "POST", LOGIN, 403, 403, 200),
    Row("products:product_edit", "GET", LOGIN, 403, 403, 200, product),
    Row("products:product_edit", "POST", LOGIN, 403, 403, 200, product),
    Row("products:product_delete", "GET", LOGIN, 403, 403, 200, product),
    Row("products:product_delete", "POST", LOGIN, 403, 403, 302, product),
    Row("products:product_archive", "GET", LOGIN, 403, 403, 200, product),
    Row("products:product_archive", "POST", LOGIN, 403, 403, 302, product),
    Row("products:product_deleted_list", "GET", LOGIN, 403, 403, 200),
    Row("products:product_variants", "GET", LOGIN, 403, 403, 200, product),
    Row("products:product_variants", "POST", LOGIN, 403, 403, 200, product),
]
