"""Who keeps heads of the log elsewhere: witnesses, and their cosignatures."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

TABLES = ("tracking_cosignature", "tracking_headconflict")
APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION vigia_append_only();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'vigia_app') THEN
        REVOKE UPDATE, DELETE ON {table} FROM vigia_app;
    END IF;
END $$;
"""
NOT_APPEND_ONLY = "DROP TRIGGER append_only ON {table}"


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0035_log"),
    ]

    operations = [
        migrations.CreateModel(
            name="Witness",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="nombre")),
                (
                    "key",
                    models.CharField(
                        help_text="Como la escribe Go: nombre+código+base64.",
                        max_length=300,
                        unique=True,
                        verbose_name="clave pública",
                    ),
                ),
                ("url", models.URLField(blank=True, verbose_name="dónde publica lo que guarda")),
                (
                    "registered_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="registrado"
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="terminó"),
                ),
            ],
            options={
                "verbose_name": "testigo",
                "verbose_name_plural": "testigos",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="HeadConflict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("size", models.BigIntegerField(verbose_name="asientos")),
                ("root", models.CharField(max_length=64, verbose_name="raíz")),
                ("note", models.TextField(verbose_name="cabeza firmada")),
                (
                    "received_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="recibido"
                    ),
                ),
            ],
            options={
                "verbose_name": "cabeza que contradice al registro",
                "verbose_name_plural": "cabezas que contradicen al registro",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("size", "root"), name="conflict_once"),
                    models.CheckConstraint(
                        condition=models.Q(("root__regex", "^[0-9a-f]{64}$")),
                        name="conflicting_root_is_a_digest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cosignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("size", models.BigIntegerField(verbose_name="asientos")),
                ("root", models.CharField(max_length=64, verbose_name="raíz")),
                ("signed_at", models.DateTimeField(verbose_name="firmado")),
                ("line", models.CharField(max_length=500, verbose_name="firma")),
                (
                    "received_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="recibido"
                    ),
                ),
                (
                    "witness",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cosignatures",
                        to="tracking.witness",
                    ),
                ),
            ],
            options={
                "verbose_name": "refrendo",
                "verbose_name_plural": "refrendos",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("witness", "signed_at", "size"), name="cosignature_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("root__regex", "^[0-9a-f]{64}$")),
                        name="cosigned_root_is_a_digest",
                    ),
                ],
            },
        ),
        *(
            migrations.RunSQL(APPEND_ONLY.format(table=table), NOT_APPEND_ONLY.format(table=table))
            for table in TABLES
        ),
    ]
