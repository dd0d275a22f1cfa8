"""The semester's accountability report, and what the ledger enters of it."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import plans.semester_field


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_invitation_rules"),
        ("plans", "0003_measuringterms_schedule"),
        ("tracking", "0005_ledger"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountabilityDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("semester", plans.semester_field.SemesterField(verbose_name="semestre")),
                (
                    "foreword",
                    models.TextField(
                        blank=True,
                        help_text="Lo primero que se lee: qué se hizo, qué no, y por qué. Se publica.",
                        max_length=20000,
                        verbose_name="presentación",
                    ),
                ),
                (
                    "projection",
                    models.TextField(
                        blank=True,
                        help_text="Qué se espera haber gastado y entregado al 31 de diciembre. La ley la pide en las audiencias públicas (art. 119-A de la Ley 27972).",
                        max_length=20000,
                        verbose_name="proyección al cierre del año",
                    ),
                ),
                ("edit", models.PositiveIntegerField(default=0, editable=False)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "borrador de una rendición de cuentas",
                "verbose_name_plural": "borradores de las rendiciones de cuentas",
            },
        ),
        migrations.CreateModel(
            name="AccountabilityReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("simulated", models.BooleanField(verbose_name="simulado")),
                ("semester", plans.semester_field.SemesterField(verbose_name="semestre")),
                ("edition", models.PositiveSmallIntegerField(verbose_name="edición")),
                ("content", models.TextField(verbose_name="contenido")),
                (
                    "sha256",
                    models.CharField(
                        db_index=True, max_length=64, verbose_name="código de verificación"
                    ),
                ),
                ("code", models.CharField(max_length=12, verbose_name="código de la edición")),
                (
                    "issued_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="emitido"),
                ),
            ],
            options={
                "verbose_name": "informe de rendición de cuentas",
                "verbose_name_plural": "informes de rendición de cuentas",
                "ordering": ["plan", "semester", "edition"],
            },
        ),
        migrations.CreateModel(
            name="RenderedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("csv", "CSV")],
                        max_length=5,
                        verbose_name="archivo",
                    ),
                ),
                ("data", models.BinaryField(null=True)),
                (
                    "sha256",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        max_length=64,
                        verbose_name="código de verificación",
                    ),
                ),
                ("size", models.PositiveIntegerField(default=0, verbose_name="tamaño en bytes")),
                ("rendered_at", models.DateTimeField(null=True, verbose_name="generado")),
            ],
            options={
                "verbose_name": "archivo de una rendición de cuentas",
                "verbose_name_plural": "archivos de las rendiciones de cuentas",
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
                help_text="La del informe, la versión de la forma de medir, o la edición.",
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
        migrations.AddField(
            model_name="accountabilitydraft",
            name="changed_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="accountabilitydraft",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.plan"
            ),
        ),
        migrations.AddField(
            model_name="accountabilityreport",
            name="issued_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="por",
            ),
        ),
        migrations.AddField(
            model_name="accountabilityreport",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.municipality",
            ),
        ),
        migrations.AddField(
            model_name="accountabilityreport",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="accountability_reports",
                to="plans.plan",
            ),
        ),
        migrations.AddField(
            model_name="renderedfile",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="tracking.accountabilityreport",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountabilitydraft",
            constraint=models.UniqueConstraint(
                fields=("plan", "semester"), name="accountability_draft_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="accountabilityreport",
            constraint=models.UniqueConstraint(
                fields=("plan", "semester", "edition"),
                name="accountability_edition_once",
                violation_error_message="Esa edición ya se emitió.",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountabilityreport",
            constraint=models.UniqueConstraint(fields=("code",), name="accountability_code_once"),
        ),
        migrations.AddConstraint(
            model_name="accountabilityreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("edition__gte", 1),
                    ("code__regex", "^[0-9A-HJKMNP-TV-Z]{12}$"),
                    ("sha256__regex", "^[0-9a-f]{64}$"),
                ),
                name="accountability_edition_is_coded",
            ),
        ),
        migrations.AddConstraint(
            model_name="renderedfile",
            constraint=models.UniqueConstraint(
                fields=("report", "kind"), name="rendered_file_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="renderedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["pdf", "csv"])), name="rendered_file_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="renderedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("data", None), ("rendered_at", None), ("sha256", ""), ("size", 0)),
                    models.Q(
                        ("data__isnull", False),
                        ("rendered_at__isnull", False),
                        ("sha256__regex", "^[0-9a-f]{64}$"),
                        ("size__gt", 0),
                    ),
                    _connector="OR",
                ),
                name="rendered_file_is_whole",
            ),
        ),
    ]
