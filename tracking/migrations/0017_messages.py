"""What is said under a report, which nobody takes back."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON tracking_message
    FOR EACH ROW EXECUTE FUNCTION vigia_append_only();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'vigia_app') THEN
        REVOKE UPDATE, DELETE ON tracking_message FROM vigia_app;
    END IF;
END $$;
"""
NOT_APPEND_ONLY = "DROP TRIGGER append_only ON tracking_message;"


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0016_plan_in_force"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_from_planning", models.BooleanField(verbose_name="de planificación")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="cuándo"
                    ),
                ),
                ("text", models.CharField(max_length=2000, verbose_name="mensaje")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="por",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="tracking.progressreport",
                        verbose_name="informe",
                    ),
                ),
            ],
            options={
                "verbose_name": "mensaje",
                "verbose_name_plural": "mensajes",
                "ordering": ["report", "at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="message_says_something",
                        violation_error_message="Escriba su mensaje.",
                    )
                ],
            },
        ),
        migrations.RunSQL(APPEND_ONLY, NOT_APPEND_ONLY),
    ]
