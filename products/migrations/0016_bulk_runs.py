"""What was done to many products at once, beside its operation.

A new and empty table: nobody waits.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("products", "0015_longer_beginnings")]
    operations = [
        migrations.CreateModel(
            name="BulkRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("archive", "Archived"),
                            ("activate", "Brought back"),
                            ("categorise", "Category changed"),
                            ("adjust", "Adjusted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("product_count", models.PositiveIntegerField()),
                (
                    "operation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulk_run",
                        to="products.operation",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of many products",
                "verbose_name_plural": "changes of many products",
                "default_permissions": (),
            },
        ),
    ]
