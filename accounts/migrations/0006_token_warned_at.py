from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_token"),
    ]

    operations = [
        migrations.AddField(
            model_name="token",
            name="warned_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="se avisó que vence"
            ),
        ),
    ]
