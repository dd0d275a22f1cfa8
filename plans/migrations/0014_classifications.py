"""Classifications beside the tree: their codes with what they mean, and those of each element."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0013_own_dimensions_and_divided_targets")]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="schemes",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                help_text="{«ODS»: {«3»: «Salud y bienestar»}}",
                verbose_name="clasificaciones",
            ),
        ),
        migrations.AddField(
            model_name="planelement",
            name="classes",
            field=models.JSONField(
                blank=True, default=dict, editable=False, verbose_name="clasificación"
            ),
        ),
    ]
