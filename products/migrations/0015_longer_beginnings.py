"""SQLite's index of words gets beginnings of six and eight letters.

It is dropped here and made anew after the migrations, as whenever it is missing: 20
seconds for a million products, in which others wait to write. Nothing elsewhere.
"""

from django.db import migrations


def drop_word_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for event in ("added", "changed", "removed"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS products_search_{event}")
        schema_editor.execute("DROP TABLE IF EXISTS products_search")


class Migration(migrations.Migration):
    dependencies = [("products", "0014_days_kept")]
    operations = [migrations.RunPython(drop_word_index, drop_word_index)]
