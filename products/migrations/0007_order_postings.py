"""A row for each posting of an order's line; nothing has written the table before."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("products", "0006_undone_imports"),
    ]

    operations = [
        migrations.DeleteModel(name="OrderLine"),
        migrations.CreateModel(
            name="OrderLine",
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
                    "key",
                    models.CharField(
                        help_text="SHA-256 of the order's number, the line's position"
                        " and the SKU.",
                        max_length=64,
                    ),
                ),
                (
                    "turn",
                    models.PositiveIntegerField(
                        help_text="How many postings of the line came before."
                    ),
                ),
                ("order_name", models.CharField(db_index=True, max_length=100)),
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Among the order's lines of this SKU, from 1."
                    ),
                ),
                ("sku", models.CharField(max_length=100)),
                ("quantity", models.PositiveIntegerField()),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=4,
                        help_text="What these units were worth when they left, and"
                        " come back with.",
                        max_digits=15,
                    ),
                ),
                ("is_return", models.BooleanField(default=False)),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.location",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order_lines",
                        to="products.operation",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="products.product",
                    ),
                ),
            ],
            options={
                "verbose_name": "order line",
                "verbose_name_plural": "order lines",
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "turn"), name="orderline_once_per_turn"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="orderline_sells_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("product__isnull", False)),
                        name="orderline_has_product",
                    ),
                ],
            },
        ),
    ]
