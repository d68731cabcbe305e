"""Words for columns that staff read in the admin: nothing in the database changes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_days_off'),
    ]

    operations = [
        migrations.AlterField(
            model_name='auditevent',
            name='data',
            field=models.JSONField(default=dict, verbose_name='particulars'),
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='object_id',
            field=models.CharField(max_length=40, verbose_name='row'),
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='object_type',
            field=models.CharField(max_length=60, verbose_name='table'),
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='sha256',
            field=models.CharField(max_length=64, verbose_name='SHA-256'),
        ),
    ]
