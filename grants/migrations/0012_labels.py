"""Words for columns that staff read in the admin: nothing in the database changes."""

import core.money
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0011_correction_words'),
        ('questionnaires', '0003_desk_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='application',
            name='answer_set',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='application', to='questionnaires.answerset', verbose_name='answers'),
        ),
        migrations.AlterField(
            model_name='application',
            name='created_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='begun by'),
        ),
        migrations.AlterField(
            model_name='application',
            name='currency',
            field=core.money.CurrencyField(choices=[('KZT', '₸'), ('USD', 'US$')], default='KZT', max_length=3, verbose_name='currency'),
        ),
        migrations.AlterField(
            model_name='application',
            name='rules',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.callrules', verbose_name='rules of the call'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='grants.application', verbose_name='application'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='expert',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='grants.expert', verbose_name='expert'),
        ),
        migrations.AlterField(
            model_name='callquestion',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by'),
        ),
        migrations.AlterField(
            model_name='callquestion',
            name='asked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='grants.application', verbose_name='application'),
        ),
        migrations.AlterField(
            model_name='expert',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='expert', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AlterField(
            model_name='helprequest',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by'),
        ),
        migrations.AlterField(
            model_name='helprequest',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='help_requests', to='grants.application', verbose_name='application'),
        ),
        migrations.AlterField(
            model_name='helprequest',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
        ),
        migrations.AlterField(
            model_name='sizetier',
            name='currency',
            field=core.money.CurrencyField(choices=[('KZT', '₸'), ('USD', 'US$')], default='KZT', max_length=3, verbose_name='currency'),
        ),
        migrations.AlterField(
            model_name='callrules',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules_versions', to='grants.call', verbose_name='call'),
        ),
        migrations.AlterField(
            model_name='callrules',
            name='sha256',
            field=models.CharField(max_length=64, verbose_name='SHA-256'),
        ),
    ]
