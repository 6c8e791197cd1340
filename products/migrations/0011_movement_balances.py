"""A past date is read off an index; rare kinds are found by one.

The movements keep their writers waiting while an index is made: three seconds each
for two millions on PostgreSQL. docs/scaling.md has the times.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("products", "0010_walked_indexes")]
    operations = [
        migrations.AddIndex(
            "stockmovement",
            models.Index(
                fields=[
                    *("product", "location", "recorded_at", "sequence"),
                    *("balance_after", "value_after"),
                ],
                name="movement_balances",
            ),
        ),
        migrations.RemoveIndex("stockmovement", "movement_by_place_and_time"),
        migrations.AddIndex(
            "stockmovement",
            models.Index(fields=["kind", "id"], name="movement_by_kind"),
        ),
        migrations.AddIndex(
            "operation", models.Index(fields=["kind", "id"], name="operation_by_kind")
        ),
    ]
