from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('products', '0004_imports_as_rows'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='importrun',
            name='is_dry_run',
        ),
    ]
