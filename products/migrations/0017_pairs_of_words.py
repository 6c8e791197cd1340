"""MariaDB's index of words gets each two words of a product as one, and its name.

It is dropped here and made anew after the migrations, as whenever it is missing: a few
minutes for a million products, in which others may write, and a search finds what has
been filled in by then. Nothing elsewhere.
"""

from django.db import migrations


def drop_word_index(apps, schema_editor):
    if schema_editor.connection.vendor == "mysql":
        for event in ("added", "changed", "removed"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS products_search_{event}")
        schema_editor.execute("DROP TABLE IF EXISTS products_search")


class Migration(migrations.Migration):
    dependencies = [("products", "0016_bulk_runs")]
    operations = [
        migrations.RunPython(drop_word_index, drop_word_index, atomic=False)
    ]
