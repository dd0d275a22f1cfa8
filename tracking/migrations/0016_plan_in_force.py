"""A plan on which something was reported stays in force."""

from django.db import migrations

STAYS = """
CREATE FUNCTION tracking_plan_stays_in_force() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM tracking_progressreport WHERE plan_id = OLD.id)
        OR EXISTS (SELECT FROM tracking_expenditure WHERE plan_id = OLD.id)
        OR EXISTS (SELECT FROM tracking_accountabilityreport WHERE plan_id = OLD.id)
        OR EXISTS (
            SELECT FROM tracking_closingline AS line
            JOIN plans_planelement AS element ON element.id = line.element_id
            WHERE element.plan_id = OLD.id
        )
    THEN
        RAISE EXCEPTION 'Se informó sobre este plan: no puede dejar de regir.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
-- After, not before: a trigger before an update locks the row as if its keys changed, and whoever
-- writes a report would wait for whoever corrects the plan.
CREATE TRIGGER stays_in_force AFTER UPDATE OF in_force ON plans_plan
    FOR EACH ROW WHEN (OLD.in_force AND NOT NEW.in_force)
    EXECUTE FUNCTION tracking_plan_stays_in_force();
"""
MAY_LEAVE = """
DROP TRIGGER stays_in_force ON plans_plan;
DROP FUNCTION tracking_plan_stays_in_force();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0010_plans_of_lists"),
        ("tracking", "0015_preview_tries"),
    ]

    operations = [migrations.RunSQL(STAYS, MAY_LEAVE)]
