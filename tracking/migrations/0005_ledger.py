"""The registro de publicaciones: a chain that only grows, at its end."""

import django.db.models.deletion
from django.db import migrations, models

# Nothing is entered but after the last entry, in its number and under its code: no gap, no fork, no
# second beginning. The municipality's row is held by whoever enters, so that none waits here.
GOES_ON = """
CREATE FUNCTION vigia_ledger_goes_on() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    last_number integer;
    last_chain text;
BEGIN
    SELECT number, chain INTO last_number, last_chain FROM tracking_ledgerentry
    WHERE municipality_id = NEW.municipality_id ORDER BY number DESC LIMIT 1;
    IF NEW.number <> coalesce(last_number, 0) + 1
        OR NEW.previous <> coalesce(last_chain, repeat('0', 64)) THEN
        RAISE EXCEPTION 'El registro de publicaciones solo sigue desde su último asiento.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER goes_on BEFORE INSERT ON tracking_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION vigia_ledger_goes_on();
"""
ENDS_THERE = """
DROP TRIGGER goes_on ON tracking_ledgerentry;
DROP FUNCTION vigia_ledger_goes_on();
"""

APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON tracking_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION vigia_append_only();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'vigia_app') THEN
        REVOKE UPDATE, DELETE ON tracking_ledgerentry FROM vigia_app;
    END IF;
END $$;
"""
NOT_APPEND_ONLY = "DROP TRIGGER append_only ON tracking_ledgerentry"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_invitation_rules"),
        ("tracking", "0004_standing_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("inei", models.CharField(max_length=6, verbose_name="ubigeo INEI")),
                ("number", models.PositiveIntegerField(verbose_name="número")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("informe", "Informe"),
                            ("corrección", "Corrección"),
                            ("forma de medir", "Forma de medir"),
                            ("cierre", "Cierre de un semestre"),
                            ("retiro", "Retiro de un sustento"),
                        ],
                        max_length=15,
                        verbose_name="acto",
                    ),
                ),
                ("subject_id", models.BigIntegerField(verbose_name="fila")),
                ("term", models.CharField(blank=True, max_length=9, verbose_name="periodo")),
                ("ref", models.CharField(blank=True, max_length=40, verbose_name="promesa")),
                ("semester", models.CharField(blank=True, max_length=7, verbose_name="semestre")),
                (
                    "revision",
                    models.PositiveIntegerField(
                        help_text="La del informe, o la versión de la forma de medir.",
                        null=True,
                        verbose_name="revisión",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=150, verbose_name="oficina")),
                ("simulated", models.BooleanField(verbose_name="simulado")),
                ("happened_at", models.DateTimeField(verbose_name="fecha del acto")),
                ("at", models.DateTimeField(verbose_name="registrado")),
                ("digest", models.CharField(max_length=64, verbose_name="código del contenido")),
                ("previous", models.CharField(max_length=64, verbose_name="código anterior")),
                ("chain", models.CharField(max_length=64, verbose_name="código")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger",
                        to="accounts.municipality",
                        verbose_name="municipalidad",
                    ),
                ),
            ],
            options={
                "verbose_name": "asiento del registro de publicaciones",
                "verbose_name_plural": "asientos del registro de publicaciones",
                "ordering": ["municipality", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "number"), name="ledger_number_once"
                    ),
                    models.UniqueConstraint(
                        fields=("municipality", "previous"), name="ledger_never_forks"
                    ),
                    models.UniqueConstraint(
                        fields=("act", "subject_id"), name="ledger_enters_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "act__in",
                                ["informe", "corrección", "forma de medir", "cierre", "retiro"],
                            )
                        ),
                        name="ledger_act_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("chain__regex", "^[0-9a-f]{64}$"),
                            ("digest__regex", "^[0-9a-f]{64}$"),
                            ("previous__regex", "^[0-9a-f]{64}$"),
                        ),
                        name="ledger_codes_are_digests",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("number", 1),
                                (
                                    "previous",
                                    "0000000000000000000000000000000000000000000000000000000000000000",
                                ),
                            ),
                            models.Q(
                                ("number__gt", 1),
                                models.Q(
                                    (
                                        "previous",
                                        "0000000000000000000000000000000000000000000000000000000000000000",
                                    ),
                                    _negated=True,
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_begins_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GOES_ON, ENDS_THERE),
        migrations.RunSQL(APPEND_ONLY, NOT_APPEND_ONLY),
    ]
