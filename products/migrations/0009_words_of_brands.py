"""The search text of products takes in the brand, and has a length.

Rewrites what differs, 5,000 products at a time and each batch by itself, so others can
write in between and a second try goes on; about a minute for a million products.
"""

from django.db import migrations, transaction

from products.fields import search_text

BATCH = 5_000


def rewrite(apps, schema_editor):
    Product = apps.get_model("products", "Product")
    connection = schema_editor.connection
    last = 0
    while True:
        rows = Product.objects.filter(pk__gt=last).order_by("pk").values_list(
            "pk", "search_text", "sku", "barcode", "name", "brand__name"
        )[:BATCH]
        batch = list(rows)
        if not batch:
            return
        last = batch[-1][0]
        changed = [
            (text, pk)
            for pk, before, *source in batch
            if (text := search_text(*source)) != before
        ]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE products_product SET search_text = %s WHERE id = %s", changed
            )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("products", "0008_import_undo_states")]
    operations = [migrations.RunPython(rewrite, migrations.RunPython.noop)]
