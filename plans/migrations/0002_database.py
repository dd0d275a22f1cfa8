"""What Django's models cannot say: one tree, one plan, one municipality; and append-only tables."""

from django.db import migrations

# The tree's columns repeat the parent's; tying them makes a child of another plan, another
# dimension, a wrong level or a cycle impossible. Deferred: a whole plan is written at once.
TREE = """
ALTER TABLE plans_planelement
    ADD CONSTRAINT element_in_tree UNIQUE (id, plan_id, dimension, level, depth),
    ADD CONSTRAINT element_and_plan UNIQUE (id, plan_id),
    ADD COLUMN parent_depth smallint GENERATED ALWAYS AS (depth - 1) STORED,
    ADD CONSTRAINT element_follows_its_parent
    FOREIGN KEY (parent_id, plan_id, dimension, parent_level, parent_depth)
    REFERENCES plans_planelement (id, plan_id, dimension, level, depth)
    DEFERRABLE INITIALLY DEFERRED;
"""
NO_TREE = """
ALTER TABLE plans_planelement
    DROP CONSTRAINT element_follows_its_parent,
    DROP COLUMN parent_depth,
    DROP CONSTRAINT element_and_plan,
    DROP CONSTRAINT element_in_tree;
"""

RESPONSIBILITY = """
ALTER TABLE plans_plan
    ADD CONSTRAINT plan_and_municipality UNIQUE (id, municipality_id);
ALTER TABLE plans_responsibility
    ADD CONSTRAINT responsibility_element_of_plan
    FOREIGN KEY (element_id, plan_id) REFERENCES plans_planelement (id, plan_id)
    DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT responsibility_plan_of_municipality
    FOREIGN KEY (plan_id, municipality_id) REFERENCES plans_plan (id, municipality_id)
    DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT responsibility_unit_of_municipality
    FOREIGN KEY (unit_id, municipality_id) REFERENCES accounts_unit (id, municipality_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
NO_RESPONSIBILITY = """
ALTER TABLE plans_responsibility
    DROP CONSTRAINT responsibility_unit_of_municipality,
    DROP CONSTRAINT responsibility_plan_of_municipality,
    DROP CONSTRAINT responsibility_element_of_plan;
ALTER TABLE plans_plan DROP CONSTRAINT plan_and_municipality;
"""

# Twice: the application has no right to change these rows, and a trigger refuses whoever has.
APPEND_ONLY = """
CREATE FUNCTION vigia_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Lo publicado no se cambia ni se borra: % solo admite filas nuevas.',
        TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON plans_measuringterms
    FOR EACH ROW EXECUTE FUNCTION vigia_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON plans_planversion
    FOR EACH ROW EXECUTE FUNCTION vigia_append_only();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'vigia_app') THEN
        REVOKE UPDATE, DELETE ON plans_measuringterms, plans_planversion FROM vigia_app;
    END IF;
END $$;
"""
NOT_APPEND_ONLY = """
DROP TRIGGER append_only ON plans_measuringterms;
DROP TRIGGER append_only ON plans_planversion;
DROP FUNCTION vigia_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("accounts", "0002_database")]

    operations = [
        migrations.RunSQL(TREE, NO_TREE),
        migrations.RunSQL(RESPONSIBILITY, NO_RESPONSIBILITY),
        migrations.RunSQL(APPEND_ONLY, NOT_APPEND_ONLY),
    ]
