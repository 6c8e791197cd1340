"""Each order of the list of products gets an index with what the list narrows by.

Creating an index reads the whole table and keeps writers out meanwhile: one to five
seconds each for a million products, half a minute in all. docs/scaling.md has the
times.
"""

import django.db.models.deletion
from django.db import migrations, models

from products.fields import WORDS_LENGTH

ORDERS = {
    "product_by_name": ("name", "search_text"),
    "product_by_change": ("updated_at", "search_text"),
    "product_by_sku": ("sku", None),
    "product_by_price": ("price", None),
    "product_by_available": ("available", None),
}


def limit_words(apps, schema_editor):
    """MariaDB takes no text without a length into an index."""
    if schema_editor.connection.vendor == "mysql":
        schema_editor.execute(
            "ALTER TABLE products_product MODIFY search_text"
            f" varchar({WORDS_LENGTH}) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
            " NOT NULL"
        )


def drop_plain_indexes(apps, schema_editor):
    """Drop the indexes of the foreign keys that composed ones now begin with.

    By hand: Django would rebuild the table for it on SQLite.
    """
    connection = schema_editor.connection
    quote = schema_editor.quote_name
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "products_product")
    for name, facts in found.items():
        is_plain = facts["index"] and not (
            facts["unique"] or facts["primary_key"] or facts["foreign_key"]
        )
        if is_plain and facts["columns"] in (["category_id"], ["brand_id"]):
            on_table = " ON products_product" if connection.vendor == "mysql" else ""
            schema_editor.execute(f"DROP INDEX {quote(name)}{on_table}")


def relation(name):
    return models.ForeignKey(
        blank=True,
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="products",
        to=f"products.{name}",
        verbose_name=name,
    )


class Migration(migrations.Migration):
    dependencies = [("products", "0009_words_of_brands")]
    operations = [
        migrations.RunPython(limit_words, migrations.RunPython.noop, atomic=False),
        *(
            operation
            for name, (column, words) in ORDERS.items()
            for operation in (
                migrations.RemoveIndex("product", name),
                migrations.AddIndex(
                    "product",
                    models.Index(
                        fields=[
                            *(column, "id", "status", "category", "brand"),
                            *([words] if words else []),
                        ],
                        name=name,
                    ),
                ),
            )
        ),
        *(
            migrations.AddIndex("product", models.Index(fields=fields, name=name))
            for name, fields in {
                "product_by_status": ["status"],
                "product_by_cost": ["cost"],
                "product_in_category": ["category", "stock_status", "status"],
                "product_of_brand": ["brand", "stock_status", "status"],
                "product_of_brand_in": ["brand", "category", "status"],
            }.items()
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunPython(
                    drop_plain_indexes, migrations.RunPython.noop, atomic=False
                )
            ],
            state_operations=[
                migrations.AlterField("product", "category", relation("category")),
                migrations.AlterField("product", "brand", relation("brand")),
            ],
        ),
    ]
