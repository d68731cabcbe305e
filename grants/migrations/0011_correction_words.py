"""The officer writes beside each field of a correction; a common reason need not be."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0010_decisions_that_stand'),
    ]

    operations = [
        migrations.AddField(
            model_name='correction',
            name='words',
            field=models.JSONField(default=dict, verbose_name='words beside each field'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='reason_kk',
            field=models.TextField(blank=True, verbose_name='reason in Kazakh'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='reason_ru',
            field=models.TextField(blank=True, verbose_name='reason in Russian'),
        ),
    ]
