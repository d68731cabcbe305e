"""Words for columns that staff read in the admin: nothing in the database changes."""

import core.clock
import core.money
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0009_labels'),
        ('funds', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='fund',
            name='currency',
            field=core.money.CurrencyField(choices=[('KZT', '₸'), ('USD', 'US$')], default='USD', max_length=3, verbose_name='currency'),
        ),
        migrations.AlterField(
            model_name='ledgerentry',
            name='fund',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ledger', to='funds.fund', verbose_name='fund'),
        ),
        migrations.AlterField(
            model_name='ledgerentry',
            name='posted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='posted by'),
        ),
        migrations.AlterField(
            model_name='project',
            name='created_at',
            field=models.DateTimeField(default=core.clock.now, editable=False, verbose_name='added'),
        ),
        migrations.AlterField(
            model_name='project',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fund_projects', to='accounts.organisation', verbose_name='organisation'),
        ),
    ]
