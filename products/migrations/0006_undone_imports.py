"""Tables for what became of an import that was undone, and what went with it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("products", "0005_forget_dry_runs"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportUndo",
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
                ("restored_count", models.PositiveIntegerField(default=0)),
                ("kept_count", models.PositiveIntegerField(default=0)),
                ("impossible_count", models.PositiveIntegerField(default=0)),
                (
                    "operation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_undo",
                        to="products.operation",
                    ),
                ),
            ],
            options={
                "verbose_name": "undone import",
                "verbose_name_plural": "undone imports",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ImportUndoRow",
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
                    "sku",
                    models.CharField(blank=True, max_length=100, verbose_name="SKU"),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("kept", "Kept"), ("impossible", "Not possible")],
                        max_length=10,
                    ),
                ),
                ("reasons", models.JSONField(default=list, help_text="Sentences.")),
                (
                    "product",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="products.product",
                    ),
                ),
                (
                    "undo",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="products.importundo",
                    ),
                ),
            ],
            options={
                "verbose_name": "row of an undone import",
                "verbose_name_plural": "rows of undone imports",
                "ordering": ["pk"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        fields=["undo", "outcome", "id"], name="importundorow_by_kind"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RemovedReference",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("category", "Category"),
                            ("brand", "Brand"),
                            ("group", "Product group"),
                            ("location", "Location"),
                        ],
                        max_length=8,
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("record", models.JSONField()),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="removed_references",
                        to="products.operation",
                    ),
                ),
            ],
            options={
                "verbose_name": "removed by an undo",
                "verbose_name_plural": "removed by undos",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("operation", "kind", "object_id"),
                        name="removedreference_once",
                    )
                ],
            },
        ),
    ]
