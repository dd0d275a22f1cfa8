"""The newest published report of each element: kept by the database, in whatever publishes one."""

import django.db.models.deletion
from django.db import migrations, models

import plans.semester_field

# Fires once for each report, when it becomes published: from then on its row refuses every change.
# Of two that are published at once the newer stays, whichever comes last.
KEPT = """
CREATE FUNCTION tracking_keep_newest_report() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO tracking_newestreport AS kept
        (element_id, report_id, semester, revision, stage, signal, as_of)
    VALUES
        (NEW.element_id, NEW.id, NEW.semester, NEW.revision, NEW.stage, NEW.signal, NEW.as_of)
    ON CONFLICT (element_id) DO UPDATE SET
        report_id = excluded.report_id,
        semester = excluded.semester,
        revision = excluded.revision,
        stage = excluded.stage,
        signal = excluded.signal,
        as_of = excluded.as_of
    WHERE (excluded.semester, excluded.revision) > (kept.semester, kept.revision);
    RETURN NULL;
END $$;
CREATE TRIGGER keeps_newest AFTER INSERT OR UPDATE ON tracking_progressreport
    FOR EACH ROW WHEN (NEW.state = 'publicado')
    EXECUTE FUNCTION tracking_keep_newest_report();
"""
NOT_KEPT = """
DROP TRIGGER keeps_newest ON tracking_progressreport;
DROP FUNCTION tracking_keep_newest_report();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0017_indexes_for_a_country"),
        ("tracking", "0027_indexes_for_a_country"),
    ]

    operations = [
        migrations.CreateModel(
            name="NewestReport",
            fields=[
                (
                    "element",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="newest",
                        serialize=False,
                        to="plans.planelement",
                        verbose_name="promesa",
                    ),
                ),
                ("semester", plans.semester_field.SemesterField(verbose_name="semestre")),
                ("revision", models.PositiveSmallIntegerField(verbose_name="revisión")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("funcionando", "Funcionando"),
                            ("alcanzada", "Con la cifra alcanzada"),
                            ("en-parte", "En parte"),
                            ("en-ejecucion", "En ejecución"),
                            ("en-preparacion", "En preparación"),
                            ("sin-actividad", "Sin actividad"),
                            ("con-cifra", "Con cifra"),
                            ("en-palabras", "En palabras"),
                        ],
                        max_length=15,
                        verbose_name="estado",
                    ),
                ),
                (
                    "signal",
                    models.CharField(
                        choices=[
                            ("al día", "Al día"),
                            ("con retraso", "Con retraso"),
                            ("muy retrasado", "Muy retrasado"),
                            ("aún no corresponde", "Aún no corresponde"),
                            ("sin cronograma", "Sin cronograma"),
                            ("aún no medible", "Aún no medible"),
                            ("sin informe", "Sin informe"),
                        ],
                        max_length=20,
                        verbose_name="señal",
                    ),
                ),
                ("as_of", models.DateField(verbose_name="al día")),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracking.progressreport",
                        verbose_name="informe",
                    ),
                ),
            ],
            options={
                "verbose_name": "último informe de una promesa",
                "verbose_name_plural": "últimos informes de las promesas",
                "indexes": [
                    models.Index(fields=["stage", "element"], name="newest_stage"),
                    models.Index(fields=["signal", "element"], name="newest_signal"),
                ],
            },
        ),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
