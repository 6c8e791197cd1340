"""The indexes of the products, but for those of their unique columns.

Each order of the list has one that carries what a walk along it decides by; see
docs/decisions/lists.md. The order that every sale changes carries no words.
"""

from django.db import models

WALKED = ("status", "category", "brand")

INDEXES = [
    models.Index(fields=["name", "id", *WALKED, "search_text"], name="product_by_name"),
    models.Index(
        fields=["updated_at", "id", *WALKED, "search_text"],
        name="product_by_change",
    ),
    models.Index(fields=["sku", "id", *WALKED], name="product_by_sku"),
    models.Index(fields=["price", "id", *WALKED], name="product_by_price"),
    models.Index(fields=["available", "id", *WALKED], name="product_by_available"),
    # What is rare by one filter or by two.
    models.Index(fields=["status"], name="product_by_status"),
    models.Index(fields=["cost"], name="product_by_cost"),
    models.Index(fields=["stock_status", "status"], name="product_by_state"),
    models.Index(
        fields=["category", "stock_status", "status"],
        name="product_in_category",
    ),
    models.Index(fields=["brand", "stock_status", "status"], name="product_of_brand"),
    models.Index(fields=["brand", "category", "status"], name="product_of_brand_in"),
]
