"""A small picture that failed is tried again, a few times; those that failed already, too."""

from django.db import migrations, models

AGAIN = "UPDATE tracking_preview SET made_at = NULL WHERE sha256 = '';"


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0014_previews"),
    ]

    operations = [
        migrations.AddField(
            model_name="preview",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="intentos fallidos"),
        ),
        migrations.AddField(
            model_name="preview",
            name="tried_at",
            field=models.DateTimeField(null=True, verbose_name="último intento fallido"),
        ),
        migrations.RunSQL(AGAIN, migrations.RunSQL.noop),
    ]
