"""Words for columns that staff read in the admin: nothing in the database changes."""

import core.clock
import core.public_id
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_former_members'),
    ]

    operations = [
        migrations.AlterField(
            model_name='accessrequest',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by'),
        ),
        migrations.AlterField(
            model_name='accessrequest',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='access_requests', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
        ),
        migrations.AlterField(
            model_name='accessrequest',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='access_requests', to='accounts.organisation', verbose_name='organisation'),
        ),
        migrations.AlterField(
            model_name='erasure',
            name='about',
            field=models.CharField(db_index=True, max_length=40, verbose_name='public id'),
        ),
        migrations.AlterField(
            model_name='erasure',
            name='at',
            field=models.DateTimeField(default=core.clock.now, verbose_name='when'),
        ),
        migrations.AlterField(
            model_name='erasure',
            name='erased',
            field=models.JSONField(default=dict, verbose_name='erased'),
        ),
        migrations.AlterField(
            model_name='erasure',
            name='kept',
            field=models.JSONField(default=dict, verbose_name='kept'),
        ),
        migrations.AlterField(
            model_name='legalhold',
            name='lifted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lifted by'),
        ),
        migrations.AlterField(
            model_name='legalhold',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='set by'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='since',
            field=models.DateTimeField(default=core.clock.now, editable=False, verbose_name='since'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='created_at',
            field=models.DateTimeField(default=core.clock.now, editable=False, verbose_name='added'),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='public_id',
            field=core.public_id.PublicIdField(default=core.public_id.make_public_id, editable=False, max_length=14, unique=True, verbose_name='public id'),
        ),
    ]
