"""The indexes of the products, but for those of their unique columns.

Each order of the list has one that carries what a walk along it decides by; see
docs/decisions/lists.md. The order that every sale changes carries no words.
"""

from django.db import models

WALKED = ("status", "category", "brand")
USUAL = ("updated_at", "id")  # by which few are sorted without reading any of them

INDEXES = [
    models.Index(fields=["name", "id", *WALKED, "search_text"], name="product_by_name"),
    models.Index(
        fields=["updated_at", "id", *WALKED, "search_text"],
        name="product_by_change",
    ),
    models.Index(fields=["sku", "id", *WALKED], name="product_by_sku"),
    models.Index(fields=["price", "id", *WALKED], name="product_by_price"),
    models.Index(fields=["available", "id", *WALKED], name="product_by_available"),
    # What is rare by one filter or by two, and is then sorted.
    models.Index(fields=["cost"], name="product_by_cost"),
    *(
        models.Index(fields=[*found_by, *USUAL], name=f"product_few_{name}")
        for name, found_by in {
            "by_status": ["status"],
            "by_state": ["stock_status", "status"],
            "in_category": ["category", "stock_status", "status"],
            "of_brand": ["brand", "stock_status", "status"],
            "of_brand_in": ["brand", "category", "status"],
        }.items()
    ),
]
