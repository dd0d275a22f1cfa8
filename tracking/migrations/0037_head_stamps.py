"""What an authority of time-stamps says of heads of the log."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON tracking_headstamp
    FOR EACH ROW EXECUTE FUNCTION vigia_append_only();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'vigia_app') THEN
        REVOKE UPDATE, DELETE ON tracking_headstamp FROM vigia_app;
    END IF;
END $$;
"""
NOT_APPEND_ONLY = "DROP TRIGGER append_only ON tracking_headstamp"


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0036_witnesses"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeadStamp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("week", models.CharField(max_length=8, unique=True, verbose_name="semana")),
                ("stamped_at", models.DateTimeField(verbose_name="sellado")),
                ("authority", models.CharField(max_length=200, verbose_name="autoridad")),
                ("response", models.BinaryField(max_length=65536, verbose_name="sello")),
                (
                    "received_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="recibido"
                    ),
                ),
                (
                    "head",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stamps",
                        to="tracking.loghead",
                    ),
                ),
            ],
            options={
                "verbose_name": "sello de tiempo",
                "verbose_name_plural": "sellos de tiempo",
                "ordering": ["pk"],
            },
        ),
        migrations.RunSQL(APPEND_ONLY, NOT_APPEND_ONLY),
    ]
