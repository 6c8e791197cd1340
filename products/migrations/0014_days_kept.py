"""A row for the figures of each day; `refresh_figures` fills it.

A new and empty table: nobody waits.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("products", "0013_saved_views")]
    operations = [
        migrations.CreateModel(
            name="DayFigures",
            fields=[
                (
                    "day",
                    models.DateField(
                        primary_key=True, serialize=False, verbose_name="day"
                    ),
                ),
                ("ends_at", models.DateTimeField(verbose_name="end of the day")),
                ("counted_at", models.DateTimeField(verbose_name="counted")),
                (
                    "units",
                    models.BigIntegerField(null=True, verbose_name="units on hand"),
                ),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=4,
                        max_digits=24,
                        null=True,
                        verbose_name="stock value",
                    ),
                ),
                ("skus", models.BigIntegerField(null=True, verbose_name="SKUs")),
                ("low", models.BigIntegerField(null=True, verbose_name="low")),
                ("out", models.BigIntegerField(null=True, verbose_name="out")),
            ],
            options={
                "verbose_name": "figures of a day",
                "verbose_name_plural": "figures of days",
                "ordering": ["-day"],
                "default_permissions": (),
            },
        ),
    ]
