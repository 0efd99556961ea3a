from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0008_takeout'),
    ]

    operations = [
        migrations.AddField(
            model_name='storedfile',
            name='names',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='feedbackrequest',
            name='unsent',
            field=models.CharField(blank=True, default='', max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='feedbackrequest',
            name='opened_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
