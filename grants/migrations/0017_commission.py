"""What a commission votes on: the frozen ranking behind a proposal, and its reasons. No row stands there yet."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0016_release_and_appeals"),
    ]

    operations = [
        migrations.AddField(
            model_name="applicationitem",
            name="reason_kk",
            field=models.TextField(default="", verbose_name="reason in Kazakh"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="applicationitem",
            name="reason_ru",
            field=models.TextField(default="", verbose_name="reason in Russian"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="applicationitem",
            name="run",
            field=models.ForeignKey(
                default=0,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="grants.rankingrun",
                verbose_name="frozen ranking",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="applicationitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason_kk", ""), _negated=True) & models.Q(("reason_ru", ""), _negated=True),
                name="proposal_has_reasons_in_kk_and_ru",
            ),
        ),
    ]
