"""Words for columns that staff read in the admin: nothing in the database changes."""

import core.public_id
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0003_about'),
    ]

    operations = [
        migrations.AlterField(
            model_name='message',
            name='last_error',
            field=models.CharField(blank=True, max_length=200, verbose_name='last error'),
        ),
        migrations.AlterField(
            model_name='message',
            name='public_id',
            field=core.public_id.PublicIdField(default=core.public_id.make_public_id, editable=False, max_length=14, unique=True, verbose_name='public id'),
        ),
    ]
