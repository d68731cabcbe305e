"""A minor takes part: the applicant's word on the application, an address for the guardian's paper."""

import core.public_id
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0007_sending'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='has_minor',
            field=models.BooleanField(editable=False, null=True, verbose_name='a minor takes part'),
        ),
        migrations.AddField(
            model_name='guardianconsent',
            name='public_id',
            field=core.public_id.PublicIdField(default=core.public_id.make_public_id, editable=False, max_length=14, unique=True),
        ),
    ]
