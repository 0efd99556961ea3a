# Room for a portfolio of one's own and for evidence of every kind.

import bekwaam.store.models.shared
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Pieces from before keep the layout that their commitments were made with, until they are changed.
WITH_REFERENCE = 1
WITH_DETAILS = 2


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0002_frameworks'),
    ]

    operations = [
        migrations.RenameField(model_name='evidence', old_name='reference', new_name='details'),
        migrations.AddField(
            model_name='evidence',
            name='layout',
            field=models.PositiveSmallIntegerField(default=WITH_REFERENCE),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='layout',
            field=models.PositiveSmallIntegerField(default=WITH_DETAILS),
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=64, unique=True)),
                ('email', models.EmailField(max_length=254)),
                ('name', models.CharField(max_length=200)),
                ('language', models.CharField(max_length=2)),
                ('asked_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.AddField(
            model_name='evidence',
            name='contexts',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='evidence',
            name='revision',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='evidence',
            name='until',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='provider',
            name='usual_contexts',
            field=models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddField(
            model_name='provider',
            name='usual_pieces',
            field=models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddField(
            model_name='provider',
            name='usual_years',
            field=models.PositiveSmallIntegerField(default=5),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='kind',
            field=models.CharField(choices=[('story', 'story'), ('file', 'file'), ('link', 'link'), ('diploma', 'diploma'), ('employment', 'employment'), ('job_description', 'job_description'), ('appraisal', 'appraisal'), ('statement', 'statement'), ('product', 'product'), ('reference', 'reference')], max_length=20),
        ),
        migrations.CreateModel(
            name='EvidenceVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('texts', models.JSONField()),
                ('saved_at', models.DateTimeField()),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='store.evidence')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('evidence', 'number'), name='versions_count_up')],
            },
        ),
        migrations.CreateModel(
            name='PartialUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=bekwaam.store.models.shared.new_ref, editable=False, max_length=12, unique=True)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('size', models.PositiveBigIntegerField()),
                ('received', models.PositiveBigIntegerField(default=0)),
                ('touched_at', models.DateTimeField(db_index=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='OwnPortfolio',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=bekwaam.store.models.shared.new_ref, editable=False, max_length=12, unique=True)),
                ('started_at', models.DateTimeField()),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='portfolios', to=settings.AUTH_USER_MODEL)),
                ('standard', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.frameworkversion')),
            ],
            options={
                'ordering': ['-started_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('owner', 'standard'), name='one_portfolio_per_standard')],
            },
        ),
    ]
