"""Nobody takes an entry from those that wait for the log before it has its leaf there."""

from django.db import migrations

# It was for the application to take them away, and so to keep something published out of the tree. An
# entry that is gone, which only who has every right brings about, is waited for by nobody.
WAITS = """
CREATE FUNCTION vigia_waits_for_its_leaf() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (SELECT FROM tracking_ledgerentry WHERE id = OLD.entry_id)
        AND NOT EXISTS (SELECT FROM tracking_logleaf WHERE entry_id = OLD.entry_id) THEN
        RAISE EXCEPTION 'Ese asiento aún espera entrar al registro del portal.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER waits_for_its_leaf BEFORE UPDATE OR DELETE ON tracking_pendingleaf
    FOR EACH ROW EXECUTE FUNCTION vigia_waits_for_its_leaf();
"""
WAITS_NO_MORE = """
DROP TRIGGER waits_for_its_leaf ON tracking_pendingleaf;
DROP FUNCTION vigia_waits_for_its_leaf();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0037_head_stamps"),
    ]

    operations = [
        migrations.RunSQL(WAITS, WAITS_NO_MORE),
    ]
