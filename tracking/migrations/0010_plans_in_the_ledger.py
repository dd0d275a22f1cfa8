"""Plans enter the ledger: their versions, their standing, and a record of how each stood."""

import django.db.models.deletion
from django.db import migrations, models

APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON tracking_planrecord
    FOR EACH ROW EXECUTE FUNCTION vigia_append_only();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'vigia_app') THEN
        REVOKE UPDATE, DELETE ON tracking_planrecord FROM vigia_app;
    END IF;
END $$;
"""
NOT_APPEND_ONLY = "DROP TRIGGER append_only ON tracking_planrecord"


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0003_measuringterms_schedule"),
        ("tracking", "0009_written_with_a_token"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="record",
                        to="plans.planversion",
                        verbose_name="versión",
                    ),
                ),
                (
                    "document_sha256",
                    models.CharField(max_length=64, verbose_name="código del documento"),
                ),
                (
                    "texts_sha256",
                    models.CharField(max_length=64, verbose_name="código de los textos"),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("autoridad elegida", "Autoridad elegida"),
                            ("lista no elegida", "Lista no elegida"),
                            ("sin confirmar", "Sin confirmar"),
                        ],
                        max_length=20,
                        verbose_name="condición",
                    ),
                ),
                (
                    "standing_source",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="fuente de la condición"
                    ),
                ),
            ],
            options={
                "verbose_name": "constancia de una versión de un plan",
                "verbose_name_plural": "constancias de las versiones de los planes",
            },
        ),
        migrations.RemoveConstraint(
            model_name="ledgerentry",
            name="ledger_act_known",
        ),
        migrations.AlterField(
            model_name="ledgerentry",
            name="act",
            field=models.CharField(
                choices=[
                    ("plan", "Versión de un plan"),
                    ("condición", "Condición de un plan"),
                    ("informe", "Informe"),
                    ("corrección", "Corrección"),
                    ("forma de medir", "Forma de medir"),
                    ("cierre", "Cierre de un semestre"),
                    ("retiro", "Retiro de un sustento"),
                    ("gasto", "Gasto de una actividad"),
                    ("rendición", "Informe de rendición de cuentas"),
                    ("archivo", "Archivo de una rendición de cuentas"),
                ],
                max_length=15,
                verbose_name="acto",
            ),
        ),
        migrations.AlterField(
            model_name="ledgerentry",
            name="revision",
            field=models.PositiveIntegerField(
                help_text="La del informe, la versión del plan o de la forma de medir, o la edición.",
                null=True,
                verbose_name="revisión",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "plan",
                            "condición",
                            "informe",
                            "corrección",
                            "forma de medir",
                            "cierre",
                            "retiro",
                            "gasto",
                            "rendición",
                            "archivo",
                        ],
                    )
                ),
                name="ledger_act_known",
            ),
        ),
        migrations.RunSQL(APPEND_ONLY, NOT_APPEND_ONLY),
    ]
