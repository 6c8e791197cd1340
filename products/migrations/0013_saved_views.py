"""Lists as people set them, to be seen again: filters, order and columns.

A new and empty table: nobody waits.
"""

import django.db.models.deletion
import products.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('products', '0012_figures_kept'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='name')),
                ('name_key', products.fields.KeyField(editable=False, max_length=255)),
                ('address', models.TextField(blank=True, verbose_name='address')),
                ('columns', models.CharField(blank=True, max_length=255, verbose_name='columns')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('start_of', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'saved view',
                'verbose_name_plural': 'saved views',
                'ordering': ['position', 'pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('user', 'name_key'), name='savedview_name_unique', violation_error_message='You have a view of this name already.'), models.CheckConstraint(condition=models.Q(('start_of', None), ('start_of', models.F('user')), _connector='OR'), name='savedview_start_of_its_owner')],
            },
        ),
    ]
