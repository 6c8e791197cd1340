"""What finds the few products of a filter or a pair also carries the usual order.

Creating an index keeps writers out: on a million products one to three seconds each.
docs/scaling.md has the times. The new ones come first: MariaDB lets no foreign key be
without one.
"""

from django.db import migrations, models

FOUND_BY = {
    "by_status": ["status"],
    "by_state": ["stock_status", "status"],
    "in_category": ["category", "stock_status", "status"],
    "of_brand": ["brand", "stock_status", "status"],
    "of_brand_in": ["brand", "category", "status"],
}


class Migration(migrations.Migration):
    dependencies = [("products", "0017_pairs_of_words")]
    operations = [
        operation
        for name, fields in FOUND_BY.items()
        for operation in (
            migrations.AddIndex(
                "product",
                models.Index(
                    fields=[*fields, "updated_at", "id"], name=f"product_few_{name}"
                ),
            ),
            migrations.RemoveIndex("product", f"product_{name}"),
        )
    ]
