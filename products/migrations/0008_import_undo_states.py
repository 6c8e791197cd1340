"""An import that is being undone in the background says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("products", "0007_order_postings"),
    ]

    operations = [
        migrations.AlterField(
            model_name="importrun",
            name="state",
            field=models.CharField(
                choices=[
                    ("uploaded", "Waiting to be read"),
                    ("columns", "Columns to be named"),
                    ("planning", "Being read"),
                    ("planned", "Ready to apply"),
                    ("queued", "Waiting to be applied"),
                    ("applying", "Being applied"),
                    ("applied", "Imported"),
                    ("to_undo", "Waiting to be undone"),
                    ("undoing", "Being undone"),
                    ("discarded", "Discarded"),
                    ("failed", "Could not be read"),
                ],
                default="uploaded",
                max_length=10,
            ),
        ),
    ]
