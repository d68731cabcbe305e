"""Computed assignments, fixed pairs, translations by staff; candidates, invitations and acts of work of experts."""

import core.clock
import core.public_id
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('accounts', '0010_confidentiality'),
        ('documents', '0004_orders'),
        ('grants', '0013_rankings'),
        ('questionnaires', '0003_desk_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='AssignmentRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.public_id.PublicIdField(default=core.public_id.make_public_id, editable=False, max_length=14, unique=True)),
                ('seed', models.CharField(max_length=64, verbose_name='seed')),
                ('relaxed', models.JSONField(default=list)),
                ('inputs', models.JSONField(default=dict)),
                ('inputs_sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of the inputs')),
                ('result', models.JSONField(default=dict)),
                ('result_sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of the result')),
                ('progress', models.PositiveSmallIntegerField(default=0, verbose_name='done, percent')),
                ('asked_at', models.DateTimeField(default=core.clock.now, verbose_name='asked for')),
                ('started_at', models.DateTimeField(null=True, verbose_name='started')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='computed')),
                ('milliseconds', models.PositiveIntegerField(default=0, verbose_name='milliseconds')),
                ('applied_at', models.DateTimeField(null=True, verbose_name='applied')),
            ],
            options={
                'verbose_name': 'computed assignment',
                'verbose_name_plural': 'computed assignments',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ExpertCandidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.public_id.PublicIdField(default=core.public_id.make_public_id, editable=False, max_length=14, unique=True)),
                ('begun_at', models.DateTimeField(default=core.clock.now, verbose_name='begun')),
                ('submitted_at', models.DateTimeField(null=True, verbose_name='submitted')),
                ('answer', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('declined', 'Declined')], max_length=8, verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
            ],
            options={
                'verbose_name': 'candidate',
                'verbose_name_plural': 'candidates',
                'ordering': ['-submitted_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ExpertInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.public_id.PublicIdField(default=core.public_id.make_public_id, editable=False, max_length=14, unique=True)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('language', models.CharField(choices=[('kk', 'Қазақша'), ('ru', 'Русский'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('token_sha256', models.CharField(max_length=64, unique=True)),
                ('invited_at', models.DateTimeField(default=core.clock.now, verbose_name='invited')),
                ('expires_at', models.DateTimeField(verbose_name='valid until')),
                ('used_at', models.DateTimeField(null=True, verbose_name='used')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='taken back')),
            ],
            options={
                'verbose_name': 'invitation of an expert',
                'verbose_name_plural': 'invitations of experts',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Pin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.public_id.PublicIdField(default=core.public_id.make_public_id, editable=False, max_length=14, unique=True)),
                ('kind', models.CharField(choices=[('together', 'This expert reads it'), ('apart', 'This expert does not read it')], max_length=8, verbose_name='kind')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('made_at', models.DateTimeField(default=core.clock.now, verbose_name='made')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='taken away')),
            ],
            options={
                'verbose_name': 'fixed pair',
                'verbose_name_plural': 'fixed pairs',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='StaffTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.public_id.PublicIdField(default=core.public_id.make_public_id, editable=False, max_length=14, unique=True)),
                ('place', models.CharField(max_length=60, verbose_name='part')),
                ('language', models.CharField(choices=[('kk', 'Қазақша'), ('ru', 'Русский'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('text', models.TextField(max_length=20000, verbose_name='text')),
                ('added_at', models.DateTimeField(default=core.clock.now, verbose_name='added')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='taken away')),
            ],
            options={
                'verbose_name': 'translation by staff',
                'verbose_name_plural': 'translations by staff',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='WorkAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.public_id.PublicIdField(default=core.public_id.make_public_id, editable=False, max_length=14, unique=True)),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='number')),
                ('reviews', models.PositiveIntegerField(verbose_name='reviews')),
                ('made_at', models.DateTimeField(default=core.clock.now, verbose_name='made')),
            ],
            options={
                'verbose_name': 'act of work done',
                'verbose_name_plural': 'acts of work done',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='application',
            name='written_in',
            field=models.CharField(blank=True, choices=[('kk', 'Қазақша'), ('ru', 'Русский'), ('en', 'English')], editable=False, max_length=2, verbose_name='written in'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='why',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='assignmentrun',
            name='applied_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='applied by'),
        ),
        migrations.AddField(
            model_name='assignmentrun',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked for by'),
        ),
        migrations.AddField(
            model_name='assignmentrun',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignment_runs', to='grants.call', verbose_name='call'),
        ),
        migrations.AddField(
            model_name='assignmentrun',
            name='replaces',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.expert', verbose_name='instead of'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='run',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='grants.assignmentrun'),
        ),
        migrations.AddField(
            model_name='expertcandidate',
            name='answer_set',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='expert_candidate', to='questionnaires.answerset'),
        ),
        migrations.AddField(
            model_name='expertcandidate',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='expertcandidate',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidatures', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='expertinvitation',
            name='invited_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by'),
        ),
        migrations.AddField(
            model_name='expertinvitation',
            name='used_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='expertcandidate',
            name='invitation',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidate', to='grants.expertinvitation'),
        ),
        migrations.AddField(
            model_name='pin',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pins', to='grants.application', verbose_name='application'),
        ),
        migrations.AddField(
            model_name='pin',
            name='expert',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pins', to='grants.expert', verbose_name='expert'),
        ),
        migrations.AddField(
            model_name='pin',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by'),
        ),
        migrations.AddField(
            model_name='pin',
            name='removed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken away by'),
        ),
        migrations.AddField(
            model_name='stafftranslation',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by'),
        ),
        migrations.AddField(
            model_name='stafftranslation',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='translations', to='grants.application'),
        ),
        migrations.AddField(
            model_name='stafftranslation',
            name='removed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken away by'),
        ),
        migrations.AddField(
            model_name='workact',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.call', verbose_name='call'),
        ),
        migrations.AddField(
            model_name='workact',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document'),
        ),
        migrations.AddField(
            model_name='workact',
            name='expert',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='work_acts', to='grants.expert', verbose_name='expert'),
        ),
        migrations.AddField(
            model_name='workact',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by'),
        ),
        migrations.AddConstraint(
            model_name='assignmentrun',
            constraint=models.UniqueConstraint(condition=models.Q(('finished_at', None)), fields=('call',), name='one_assignment_run_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='assignmentrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('applied_at', None), ('applied_by', None)), models.Q(('applied_at__isnull', False), ('applied_by__isnull', False), ('finished_at__isnull', False)), _connector='OR'), name='assignment_run_applied_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='expertinvitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('used_at', None), ('used_by', None)), models.Q(('used_at__isnull', False), ('used_by__isnull', False)), _connector='OR'), name='expert_invitation_used_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='expertcandidate',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('user',), name='one_open_candidature'),
        ),
        migrations.AddConstraint(
            model_name='expertcandidate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('submitted_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='candidate_answered_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='pin',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('application', 'expert'), name='one_live_pin'),
        ),
        migrations.AddConstraint(
            model_name='pin',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='pin_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='pin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='pin_removed_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='stafftranslation',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('application', 'place', 'language'), name='one_live_translation'),
        ),
        migrations.AddConstraint(
            model_name='stafftranslation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='translation_removed_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='workact',
            constraint=models.UniqueConstraint(fields=('expert', 'call'), name='one_act_for_expert_and_call'),
        ),
    ]
