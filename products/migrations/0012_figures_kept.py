"""One row for the figures of a large shop; `refresh_figures` fills it.

A new and empty table: nobody waits.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("products", "0011_movement_balances")]
    operations = [
        migrations.CreateModel(
            name="ShopFigures",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, primary_key=True, serialize=False
                    ),
                ),
                ("as_of", models.DateTimeField(verbose_name="as of")),
                ("units", models.BigIntegerField()),
                ("stocked", models.BigIntegerField()),
                ("skus", models.BigIntegerField()),
                ("active", models.BigIntegerField()),
                ("low", models.BigIntegerField()),
                ("out", models.BigIntegerField()),
                ("without_cost", models.BigIntegerField()),
                (
                    "value",
                    models.DecimalField(decimal_places=4, max_digits=24, null=True),
                ),
                ("last_operation", models.BigIntegerField()),
                ("operation_count", models.IntegerField()),
                ("open_hold_count", models.IntegerField()),
            ],
            options={
                "verbose_name": "figures of the shop",
                "verbose_name_plural": "figures of the shop",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="shopfigures_only_one_row"
                    )
                ],
            },
        ),
    ]
