"""The log of the portal: one tree over every municipality's ledger, which only grows."""

import django.db.models.deletion
from django.db import migrations, models

# Whoever enters asks nothing of the log and waits for nobody: what was entered is put aside here, in
# the same transaction, by whatever code or hand it was entered. Those of before wait from now on.
AWAITS = """
CREATE FUNCTION vigia_ledger_awaits_the_log() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO tracking_pendingleaf (entry_id) SELECT id FROM added;
    RETURN NULL;
END $$;
CREATE TRIGGER awaits_the_log AFTER INSERT ON tracking_ledgerentry
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION vigia_ledger_awaits_the_log();
INSERT INTO tracking_pendingleaf (entry_id) SELECT id FROM tracking_ledgerentry;
"""
DOES_NOT_AWAIT = """
DROP TRIGGER awaits_the_log ON tracking_ledgerentry;
DROP FUNCTION vigia_ledger_awaits_the_log();
"""

# No gap, no second leaf of a place, no root given out of a smaller tree; a tile goes on from what it
# has. Who adds holds a lock of their own (`tracking.transparency.growing`).
ONLY_GROWS = """
CREATE FUNCTION vigia_leaves_go_on() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    lowest bigint;
    highest bigint;
    amount bigint;
BEGIN
    SELECT min(position), max(position), count(*) INTO lowest, highest, amount FROM added;
    IF amount > 0 AND (highest - lowest + 1 <> amount OR lowest > 0 AND NOT EXISTS (
        SELECT FROM tracking_logleaf WHERE position = lowest - 1)) THEN
        RAISE EXCEPTION 'El registro del portal solo sigue desde su última hoja.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER goes_on AFTER INSERT ON tracking_logleaf
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION vigia_leaves_go_on();

CREATE FUNCTION vigia_heads_go_on() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.size < (SELECT size FROM tracking_loghead ORDER BY id DESC LIMIT 1) THEN
        RAISE EXCEPTION 'Una cabeza del registro del portal no es menor que la anterior.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER goes_on BEFORE INSERT ON tracking_loghead
    FOR EACH ROW EXECUTE FUNCTION vigia_heads_go_on();

CREATE FUNCTION vigia_tiles_only_grow() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.level <> OLD.level OR NEW.number <> OLD.number
        OR substring(NEW.hashes FROM 1 FOR octet_length(OLD.hashes)) <> OLD.hashes THEN
        RAISE EXCEPTION 'Una tesela del registro del portal solo crece.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON tracking_logtile
    FOR EACH ROW EXECUTE FUNCTION vigia_tiles_only_grow();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON tracking_logleaf
    FOR EACH ROW EXECUTE FUNCTION vigia_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON tracking_loghead
    FOR EACH ROW EXECUTE FUNCTION vigia_append_only();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'vigia_app') THEN
        REVOKE UPDATE, DELETE ON tracking_logleaf, tracking_loghead FROM vigia_app;
        REVOKE DELETE ON tracking_logtile FROM vigia_app;
    END IF;
END $$;
"""
GROWS_NO_MORE = """
DROP TRIGGER append_only ON tracking_loghead;
DROP TRIGGER append_only ON tracking_logleaf;
DROP TRIGGER only_grows ON tracking_logtile;
DROP FUNCTION vigia_tiles_only_grow();
DROP TRIGGER goes_on ON tracking_loghead;
DROP FUNCTION vigia_heads_go_on();
DROP TRIGGER goes_on ON tracking_logleaf;
DROP FUNCTION vigia_leaves_go_on();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0034_closed_total"),
    ]

    operations = [
        migrations.CreateModel(
            name="PendingLeaf",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="pending_leaf",
                        serialize=False,
                        to="tracking.ledgerentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "asiento que espera entrar al registro del portal",
                "verbose_name_plural": "asientos que esperan entrar al registro del portal",
            },
        ),
        migrations.CreateModel(
            name="LogHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("size", models.BigIntegerField(verbose_name="asientos")),
                ("root", models.CharField(max_length=64, verbose_name="raíz")),
                ("at", models.DateTimeField(verbose_name="fecha")),
                ("note", models.TextField(verbose_name="cabeza firmada")),
            ],
            options={
                "verbose_name": "cabeza del registro del portal",
                "verbose_name_plural": "cabezas del registro del portal",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["size"], name="head_size")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("root__regex", "^[0-9a-f]{64}$")),
                        name="root_is_a_digest",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LogTile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(verbose_name="nivel")),
                ("number", models.BigIntegerField(verbose_name="número")),
                ("hashes", models.BinaryField(max_length=8192, verbose_name="códigos")),
            ],
            options={
                "verbose_name": "tesela del registro del portal",
                "verbose_name_plural": "teselas del registro del portal",
                "constraints": [
                    models.UniqueConstraint(fields=("level", "number"), name="tile_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LogLeaf",
            fields=[
                (
                    "position",
                    models.BigIntegerField(primary_key=True, serialize=False, verbose_name="lugar"),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaf",
                        to="tracking.ledgerentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "hoja del registro del portal",
                "verbose_name_plural": "hojas del registro del portal",
                "ordering": ["position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 0)), name="leaf_counts_from_nothing"
                    )
                ],
            },
        ),
        migrations.RunSQL(AWAITS, DOES_NOT_AWAIT),
        migrations.RunSQL(ONLY_GROWS, GROWS_NO_MORE),
    ]
